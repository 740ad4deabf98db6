# Tickets, fences and notices: what several processes share in the state folder.

my $BOOT = slurp('/proc/sys/kernel/random/boot_id') || '-';
chomp $BOOT;

# Line 1 of a ticket has a fixed width, so that a full disk cannot keep an exit code from being stored.
sub state_line { return sprintf "%-7s %3s %s %s\n", @_ }

# Takes a ticket: a link is made of a file that is complete, so nobody ever sees a ticket without its state.
sub take_ticket {
    my ($run, $ticket, $state) = @_;
    my $draft = "$run/n.$ticket.$$";
    open my $file, '>', $draft or die "cannot create $STATE/$draft: $!\n";
    my $line = state_line($state, '', 0, 1);
    (syswrite($file, $line) || 0) == length $line or die "cannot write $STATE/$draft: $!\n";
    my $taken = link $draft, "$run/x.$ticket";
    my $why = $!;
    unlink $draft;
    return 1 if $taken;
    return 0 if $why == $EEXIST;
    die "cannot create $STATE/$run/x.$ticket: $why\n";
}

# What a ticket says, or nothing. STATE is what holds now: "run" without a supervisor is "lost".
sub read_ticket {
    my ($run, $ticket) = @_;
    my $alive = listener("$run/k.$ticket");
    my $text = slurp("$run/x.$ticket") or return undef;
    my ($first, $second) = split /\n/, $text;
    my %ticket = (run => $run, ticket => $ticket, alive => $alive, code => '');
    ($ticket{stored}, $ticket{code}, $ticket{held}, $ticket{left}) = $first =~ /^(\w+) +(\d*) (\d) (\d)/ or return undef;
    ($ticket{session}, $ticket{boot}, $ticket{inodes}, $ticket{cgroup}) = split / /, $second, 4 if defined $second;
    $ticket{state} = $ticket{stored} eq 'run' && !$alive ? 'lost' : $ticket{stored};
    return \%ticket;
}

sub store_state {
    my ($run, $ticket, @state) = @_;
    open my $file, '+<', "$run/x.$ticket" or return;
    syswrite $file, state_line(@state);
}

# The writing end of a FIFO somebody reads, or nothing.
sub listener {
    my ($path) = @_;
    sysopen my $fifo, $path, 1 | $O_NONBLOCK or return undef;
    return $fifo;
}

# One line to one channel. Lines are shorter than PIPE_BUF, so writers never tear each other's.
sub notify {
    my ($channel, $line, $patience) = @_;
    my $fifo = listener($channel);
    unlink $channel if !$fifo && $! == $ENXIO;
    return unless $fifo;
    my $until = now() + ($patience || 0);
    until (defined syswrite $fifo, "$line\n") {
        return if $! != $EAGAIN || now() > $until;
        doze(0.02);
    }
}

# To every channel: who follows a ticket changes, and who does not follow it ignores the notice. A notice may
# be lost where a channel does not keep up; channels look for themselves once a second.
sub notify_all {
    my ($line) = @_;
    notify($_, $line) for grep { /^c\./ } entries('.');
}

# Tokens are compared as text: they may be larger than an integer of this perl.
sub padded { return ('0' x (20 - length $_[0])) . $_[0] }

# The highest token seen, '' where the run was never entered.
sub fence {
    my ($run) = @_;
    open my $file, '<', "$run/fence" or return '';
    flock $file, $LOCK_SH;
    my $token = '';
    sysread $file, $token, 20;
    return $token;
}

# Raises the token and returns what it was before.
sub raise_fence {
    my ($run, $token) = @_;
    open my $file, '+>>', "$run/fence" or die "cannot open $STATE/$run/fence: $!\n";
    flock $file, $LOCK_EX;
    my $before = '';
    sysseek $file, 0, 0;
    sysread $file, $before, 20;
    return $before if $before ge padded($token);
    open my $same, '+<', "$run/fence" or die "cannot open $STATE/$run/fence: $!\n";
    (syswrite($same, padded($token)) || 0) == 20 or die "cannot write $STATE/$run/fence: $!\n";
    return $before;
}

sub unpadded {
    my ($token) = @_;
    $token =~ s/^0+(?=\d)//;
    return $token;
}
