# Commands: how they are read, and what each does.

# The shell's syntax, as far as the engine writes it: { verb 'word' …; } LF. Words come in pieces and are megabytes long, so what
# was read is taken in once and never looked at again.
my %reading = (text => '', words => [], word => undef, quoted => 0, open => 0, closed => 0);

sub take_in {
    my ($in) = @_;
    my $text = \$in->{text};
    pos($$text) = 0;
    while (pos($$text) < length $$text) {
        if ($in->{quoted}) { read_quoted($in) or last }
        elsif ($$text =~ /\G'/gc) { @$in{qw(quoted word)} = (1, '') }
        elsif ($$text =~ /\G[^\s';{}]+/gc) { $in->{word} .= $& }
        else { read_mark($in) }
    }
    $in->{text} = substr $$text, pos $$text;
}

# The inside of quotes. False if what is left may be half of an inner quote. Perl repeats a group at most 32766 times.
sub read_quoted {
    my ($in) = @_;
    while ($in->{text} =~ /\G((?>[^']+|'\\''){1,30000})/gc) {
        my $piece = $1;
        $piece =~ s/'\\''/'/g;
        $in->{word} .= $piece;
    }
    $in->{quoted} = 0 if $in->{text} =~ /\G'(?=[^\\]|\\[^'])/gc;
    return !$in->{quoted};
}

# Blanks, braces, semicolons and line feeds end words; a line that is not whole is dropped.
sub read_mark {
    my ($in) = @_;
    $in->{text} =~ /\G(.)/gcs;
    my $mark = $1;
    if (defined $in->{word}) { push @{ $in->{words} }, $in->{word}; $in->{word} = undef }
    if ($mark eq '{') { $in->{open} = 1 }
    elsif ($mark eq '}') { $in->{closed} = 1 }
    elsif ($mark eq "\n") {
        my ($whole, @words) = ($in->{open} && $in->{closed}, @{ $in->{words} });
        @$in{qw(words open closed)} = ([], 0, 0);
        obey(@words) if $whole && @words;
    }
}

my %command = (
    enter => \&enter, start => \&start, follow => \&begin_to_follow, ack => \&acknowledge, unfollow => sub { delete $follow{ $_[0] } },
    fetch => \&fetch, poll => sub { }, term => \&term, remove => \&remove,
    have => \&have, put => \&put_package, seal => \&seal, unpack => \&unpack_package, clean => \&clean, ping => sub { reply($_[0], 'ok') },
);

sub obey {
    my ($verb, @words) = @_;
    my $command = $command{$verb};
    eval { $command ? $command->(@words) : die "unknown command $verb\n"; 1 } and return;
    chomp(my $why = $@);
    reply($words[0], 'error', encode($why)) if defined $words[0] && $words[0] =~ /^\d+$/;
}

# Names become names of files.
sub checked {
    for (@_) { /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/ or die "not a name of a run or ticket: " . substr($_, 0, 100) . "\n" }
}

sub enter {
    my ($id, $run, $token, $known) = @_;
    checked($run, $token, $known);
    settle();
    my $before;
    for my $try (1 .. 20) {
        make_run("r.$run") unless $known;
        $before = raise_fence("r.$run", $token, $known);
        last if $known || defined $before;
    }
    return reply($id, 'unknown') if $known && (!defined $before || $before lt padded($known));
    die "cannot keep $STATE/r.$run\n" unless defined $before;
    return reply($id, 'fenced', unpadded($before)) if $before gt padded($token);
    want_standby(0);
    return reply($id, 'new') if $before eq '';
    # Only after the token was raised: a start that is not in this list will see the token.
    reply($id, 'known', map { describe("r.$run", $_) } map { /^x\.(.*)/ ? $1 : () } entries("r.$run"));
}

my %WORD = (run => 'running', exit => 'exited', lost => 'lost', refused => 'refused');

sub describe {
    my ($run, $ticket) = @_;
    my $it = read_ticket($run, $ticket) or return ();
    return "$ticket:$WORD{ $it->{state} }:$it->{code}";
}

sub start {
    my ($id, $run, $token, $ticket, $script, $input, @rest) = @_;
    checked($run, $token, $ticket);
    my @lists = map { [splice @rest, 0, shift @rest] } 1 .. 3;
    die "a start whose counts do not fit\n" unless @rest == 0 && @{ $lists[1] };
    settle();
    $run = "r.$run";
    my $fence = fence($run);
    return reply($id, 'unknown') if $fence eq '';
    return reply($id, 'fenced', unpadded($fence)) if $fence gt padded($token);
    my $job = $input eq '' && length $script < $JOB && ready_standby() ? job_of($run, $ticket, $script, @lists) : '';
    my $by = $job ne '' && length $job < $JOB ? $standby : undef;
    my $file = take($id, $run, $ticket, $by) or return;
    dismiss_standby() if $by;    # it is told, or not wanted any more
    $fence = fence($run);
    if ($fence gt padded($token)) {
        if ($by) { close $by->{writer}; waitpid $by->{pid}, 0 }     # it writes into the file, too
        store_state($file, 'refused', '', 0, 0);
        return reply($id, 'fenced', unpadded($fence));
    }
    reuse('s', "$run/s.$ticket");
    # A standby that is dead has left the ticket as it was, and its lock is still held here.
    if (!$by || !hand_over($by->{writer}, $job)) {
        forsake_standby("$run/x.$ticket") if $by;
        launch({ run => $run, ticket => $ticket, file => $file, environment => $lists[0], interpreter => $lists[1],
            arguments => $lists[2], script => $script, input => $input });
    }
    $_++ for $starts, $starts_of{$run};
    undef $_ for $script, $input, $job;    # or perl keeps the memory, with what may be secret in it, for the next call
    reply($id, 'started');
    # Its supervisor tells what there is to see.
    follow($run, $ticket, 0, 0);
}

# The ticket's file, or an answer. Its lock passes to the supervisor by fork: there is no moment at which an attempt that goes on looks lost.
sub take {
    my ($id, $run, $ticket, $by) = @_;
    my $file = -e "$run/x.$ticket" ? undef : !$by ? take_ticket($run, $ticket, 'run') : take_drafted($run, $ticket, $by->{draft}) ? $by->{file} : undef;
    return $file if $file;
    my $known = read_ticket($run, $ticket);
    reply($id, $known && $known->{stored} eq 'refused' ? 'refused' : 'used');
    return undef;
}

sub launch {
    my ($attempt) = @_;
    my $pid = fork;
    die "cannot fork: $!\n" unless defined $pid;
    return if $pid;
    leave_channel();
    eval { supervise($attempt) };
    kill 'KILL', $$;     # perl's own way out takes its time to tidy up
}

sub begin_to_follow {
    my ($id, $ticket, @offsets) = @_;
    checked($ticket);
    settle();
    my ($run) = grep { -e "$_/x.$ticket" } grep { /^r\./ } entries('.');
    return reply($id, 'unknown') unless defined $run;
    reply($id, 'ok');
    follow($run, $ticket, @offsets[0, 1]);
    look_at($ticket);
}

# A file is sent as the output of an attempt is, under a name that no ticket can have.
sub fetch {
    my ($id, $run, $ticket, $path, $name) = @_;
    checked($run, $ticket);
    settle();
    return reply($id, 'unknown') unless -e "r.$run/x.$ticket";
    $path = "$STATE/r.$run/w.$ticket/$path" unless $path =~ m{^/};
    return reply($id, -e _ ? 'irregular' : 'missing') unless -f $path;
    open my $file, '<', $path or return reply($id, 'unreadable', encode("$!"));
    reply($id, 'ok');
    $follow{$name} = { ticket => $name, file => $file, sent => [0, 0], acked => [0, 0], size => [-s $file, 0], final => [0, 0] };
    make_ready($name);
}

sub acknowledge {
    my ($ticket, $stream, $offset) = @_;
    my $it = $follow{$ticket} or return;
    $it->{acked}[$stream - 1] = $offset if $it->{acked}[$stream - 1] < $offset;
    # A file that grows faster than it is read needs no notices.
    $it->{final} ? make_ready($ticket) : look_at($ticket);
}

sub term {
    my ($id, $run, $ticket, $milliseconds) = @_;
    checked($run, $ticket);
    settle();
    $run = "r.$run";
    mkdir $run or $! == $EEXIST or die "cannot create $STATE/$run: $!\n";
    return reply($id, 'NeverStarted', strongest_means(), 'ended left') if !-e "$run/x.$ticket" && take_ticket($run, $ticket, 'refused');
    my $asked = $pending{$id} = { run => $run, ticket => $ticket, milliseconds => int $milliseconds };
    my $request = "$run/t.$ticket.$NAME.$id";
    symlink "$asked->{milliseconds} $NAME $id", $request or die "cannot create $STATE/$request: $!\n";
    $next_look = 0;
    terminate_beside($id, $asked) unless nudge($asked);
}

sub terminate_beside {
    my ($id, $asked) = @_;
    $asked->{helper} = 1;
    beside($id, sub { terminate_orphaned(read_ticket($asked->{run}, $asked->{ticket}), $asked->{milliseconds}) });
}

# --- remove ---

my $AT_ONCE = 300;      # removals after which a helper goes on, so that a large working directory does not hold up the channel

sub remove {
    my ($id, $run) = @_;
    checked($run);
    return reply($id, 'ok') unless $notices || chdir $STATE;
    $run = "r.$run";
    delete $starts_of{$run};
    my @tickets = map { /^x\.(.*)/ ? read_ticket($run, $1) || () : () } entries($run);
    my @running = grep { $_->{state} eq 'run' } @tickets;
    return reply($id, 'left', map { encode("$STATE/$run/x.$_->{ticket}") } @running) if @running;
    my @left = map { remove_group($_->{cgroup}) } grep { $_->{cgroup} } @tickets;
    salvage($_) for @tickets;
    my $budget = $AT_ONCE;
    for my $path (map { "$run/$_" } grep { $_ ne 'fence' } entries($run)) { wipe($path, \$budget) }
    retire_run($run) if $budget >= 0;
    if ($budget < 0) {
        $pending{$id} = { helper => 1 };
        return beside($id, sub { remove_rest($run, @left) });
    }
    reply($id, remove_rest($run, @left));
}

# Repeats, since something left alive may still write there.
sub remove_rest {
    my ($run, @groups) = @_;
    my @left;
    for my $try (1 .. 3) {
        my $budget = 1e15;
        @left = wipe($run, \$budget) or last;
    }
    @left = (@groups, map { "$STATE/$_" } @left);
    return @left ? substr join(' ', 'left', map { encode($_) } @left), 0, 3000 : 'ok';
}

# Removes a tree without following links, at most $$budget entries of it. Returns what could not be removed.
sub wipe {
    my ($path, $budget) = @_;
    return () if --$$budget < 0;
    return remove_file($path) if -l $path || !-d _;
    chmod 0700, $path unless -r $path && -w _ && -x _;
    my @left = map { wipe("$path/$_", $budget) } entries($path);
    return @left if @left || $$budget < 0 || rmdir $path or $! == $ENOENT;
    return $path;
}

sub remove_file {
    my ($path) = @_;
    return unlink($path) || $! == $ENOENT ? () : $path;
}
