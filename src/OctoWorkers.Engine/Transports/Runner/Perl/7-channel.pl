# The channel: its FIFO, what it follows, what it sends.

my $WINDOW = 1 << 20;   # bytes of a stream sent beyond what the engine has acknowledged
my $FRAME = 1 << 16;
my $QUEUE = 1 << 18;    # bytes waiting for a slow reader, at which no more output is read from files

my ($notices, $notice_text) = (undef, '');
my $outgoing = '';
my %follow;             # ticket => { run, sent => [o, e], acked => [o, e], size => [o, e], final => [code, held], file (of a fetch) }
my (@ready, %is_ready); # tickets that may have something to send, served in turn
my $next_look = 0;      # when to look for what no notice told
my %pending;            # id of a term => what was asked of a supervisor that has not answered yet

# The state folder with this channel's FIFO in it. A remove takes both away when nothing else is left, so this comes before
# whatever needs them; another channel may be removing the folder at the same moment.
sub settle {
    return if $notices && -e $NAME;
    for my $try (1 .. 20) {
        make_state_folder();
        my $draft = "n.$$";
        unlink $draft;
        next unless chdir $STATE and make_fifo($draft) and sysopen $notices, $draft, 2 | $O_NONBLOCK;
        # Named like a channel only now that it has a reader, or it would look dead.
        next unless rename $draft, $NAME;
        forget_dead_channels();
        return;
    }
    die "cannot make a FIFO in $STATE: $!\n";
}

sub forget_dead_channels {
    for my $channel (grep { /^c\./ } entries('.')) {
        next if listener($channel) || $! != $ENXIO;
        forget_spares('p' . substr $channel, 1);
        unlink $channel;
    }
}

sub forget_spares {
    my ($folder) = @_;
    for my $spare (map { "$folder/$_" } entries($folder)) {
        forsake_standby($spare) if $spare =~ m{/t\d+$};
        unlink "$spare/fence" and rmdir $spare or unlink $spare;
    }
    rmdir $folder;
}

sub make_state_folder {
    my @missing;
    for (my $path = $STATE; $path ne '' && !-d $path; $path =~ s{/+[^/]*$}{}) { unshift @missing, $path }
    mkdir $_, 0700 for @missing;
    die "$STATE is not a folder of this user\n" unless -d $STATE && -o _;
}

# Removes the state folder and those above it, up to the one that is named for us, as far as nothing else is in them.
sub unsettle {
    forget_dead_channels();
    chdir '/';
    my $path = $STATE;
    for my $level (1 .. 4) {
        rmdir $path or return;
        return if $path =~ m{/octoworkers[^/]*$};
        $path =~ s{/[^/]*$}{};
    }
}

sub reply { $outgoing .= "R @_\n" }

# --- what is followed ---

sub follow {
    my ($run, $ticket, @offsets) = @_;
    $follow{$ticket} = { run => $run, ticket => $ticket, sent => [@offsets], acked => [@offsets], size => [0, 0] };
}

# Learns how much there is to be sent and whether it is all. The state is read first: sizes read later than an end are final.
sub look_at {
    my ($ticket) = @_;
    my $it = $follow{$ticket} or return;
    return make_ready($ticket) if $it->{file};
    my $now = $it->{final} ? undef : read_ticket($it->{run}, $ticket);
    if (!$it->{final} && (!$now || $now->{state} ne 'run')) {
        $it->{final} = $now && $now->{state} eq 'exit' ? [$now->{code}, $now->{held}] : ['lost', 0];
    }
    my @sizes = map { -s "$it->{run}/$_.$ticket" } 'o', 'e';
    # Where the run has been removed meanwhile, what was sent is all that there was.
    $it->{size} = [map { -e "$it->{run}/x.$ticket" ? $sizes[$_] || 0 : $it->{sent}[$_] } 0, 1];
    make_ready($ticket);
}

sub make_ready {
    my ($ticket) = @_;
    push @ready, $ticket if $follow{$ticket} && !$is_ready{$ticket}++;
}

# Fills the queue with frames, one of each ticket in turn.
sub produce {
    while (@ready && length $outgoing < $QUEUE) {
        my $ticket = shift @ready;
        delete $is_ready{$ticket};
        my $it = $follow{$ticket} or next;
        make_ready($ticket) if send_frame($it, 0) + send_frame($it, 1);
        send_end($it) if $it->{final};
    }
}

# At most one frame of a stream; returns whether there was one.
sub send_frame {
    my ($it, $stream) = @_;
    my $from = $it->{sent}[$stream];
    my $length = min($it->{size}[$stream] - $from, $it->{acked}[$stream] + $WINDOW - $from);
    $length = min($length, $FRAME);
    return 0 if $length <= 0;
    my $file = $it->{file};
    $file or open $file, '<', "$it->{run}/" . ('o', 'e')[$stream] . ".$it->{ticket}" or return 0;
    sysseek $file, $from, 0;
    my $bytes = '';
    my $count = sysread $file, $bytes, $length;
    if (!$count) {
        $it->{size}[$stream] = $from if $it->{file};    # a file that was made shorter meanwhile ends where it ends
        return 0;
    }
    $outgoing .= join ' ', 'D', $it->{ticket}, $stream + 1, $from, "$count\n";
    $outgoing .= $bytes;
    $outgoing .= "\n";
    $it->{sent}[$stream] += $count;
    return 1;
}

sub send_end {
    my ($it) = @_;
    return if grep { $it->{sent}[$_] < $it->{size}[$_] } 0, 1;
    $outgoing .= join(' ', 'X', $it->{ticket}, @{ $it->{final} }, @{ $it->{sent} }) . "\n";
    delete $follow{ $it->{ticket} };
    want_standby($starts_of{ $it->{run} } > 1 ? 0 : $IDLE) if !%follow && $it->{run} && $starts_of{ $it->{run} };
}

# --- news from supervisors and helpers: "o TICKET" (output), "x TICKET" (end), "a ID ANSWER" ---

sub take_notices {
    my $count = $notices && sysread $notices, $notice_text, 65536, length $notice_text;
    my %seen;
    while ($notice_text =~ s/^(\S+) (\S+) ?([^\n]*)\n//) {
        my ($kind, $about, $rest) = ($1, $2, $3);
        if ($kind eq 'a') { reply($about, $rest) if delete $pending{$about} }
        elsif (!$seen{$about}{$kind}++) { look_at($about) }
    }
    return $count;
}

# Once a second: supervisors that were killed tell nobody, and a notice can be lost.
sub look_around {
    look_at($_) for keys %follow;
    for my $id (keys %pending) {
        my $asked = $pending{$id};
        next if $asked->{helper} || nudge($asked);
        # Its answer may have come with its end.
        while (take_notices()) { }
        terminate_beside($id, $asked) if $pending{$id};
    }
}

# A signal can come just before a supervisor goes to sleep, so it is repeated until there is an answer. False if there is no supervisor.
sub nudge {
    my ($asked) = @_;
    my $ticket = read_ticket($asked->{run}, $asked->{ticket});
    return 0 unless $ticket && $ticket->{state} eq 'run';
    kill 'USR1', $ticket->{supervisor} if $ticket->{supervisor};
    return 1;
}

# Does what may take long in a process of its own, whose answer comes as a notice.
sub beside {
    my ($id, $work) = @_;
    my $pid = fork;
    die "cannot fork: $!\n" unless defined $pid;
    return if $pid;
    leave_channel();
    $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT TERM);
    my $answer = eval { $work->() };
    $answer = 'error ' . encode($@) unless defined $answer;
    notify($NAME, "a $id $answer", 5);
    exit 0;
}

# What a fork must not keep: the channel's ends would stay open, and its FIFO would look alive.
sub leave_channel {
    own_session();
    undef $standby;
    close $notices;
    for my $standard ([*STDIN, '<'], [*STDOUT, '>'], [*STDERR, '>']) { open $standard->[0], $standard->[1], '/dev/null' }
    (%follow, %pending, @ready) = ();
    $outgoing = '';
}
