# Tickets, fences and notices: what several processes share in the state folder.

my $BOOT = slurp('/proc/sys/kernel/random/boot_id') || '-';
chomp $BOOT;

# Line 1 of a ticket has a fixed width, so that a full disk cannot keep an exit code from being stored.
sub state_line { return sprintf "%-7s %3s %s %s\n", @_ }

# Takes a ticket and returns its file, locked; or nothing if it is taken. A link is made of a file that is complete and
# locked, so nobody ever sees a ticket without its state, or one that goes on without its lock.
sub take_ticket {
    my ($run, $ticket, $state) = @_;
    my $draft = "$run/n.$ticket.$$";
    reuse('x', $draft);
    my $file = draft($draft, state_line($state, '', 0, 1) . "\n");
    flock $file, $LOCK_EX;
    my $taken = eval { take_drafted($run, $ticket, $draft) };
    my $why = $@;
    unlink $draft;
    die $why unless defined $taken;
    return $taken ? $file : undef;
}

# Makes the ticket of a file that is complete and locked; false if it is taken.
sub take_drafted {
    my ($run, $ticket, $draft) = @_;
    return 1 if link $draft, "$run/x.$ticket";
    return 0 if $! == $EEXIST;
    die "cannot create $STATE/$run/x.$ticket: $!\n";
}

# What a spare held before stands below the two lines, where nobody looks.
sub draft {
    my ($path, $text) = @_;
    my $file;
    open $file, '+<', $path or open $file, '+>', $path or die "cannot create $STATE/$path: $!\n";
    (syswrite($file, $text) || 0) == length $text or die "cannot write $STATE/$path: $!\n";
    return $file;
}

# What a ticket says, or nothing. STATE is what holds now: "run" without a supervisor is "lost". The lock is looked at before
# the text is read, since a supervisor stores an end before it ends.
sub read_ticket {
    my ($run, $ticket) = @_;
    open my $file, '<', "$run/x.$ticket" or return undef;
    my $locked = is_locked($file);
    my $text = '';
    while (sysread $file, $text, 4096, length $text) { }
    my ($first, $second) = split /\n/, $text;
    my %ticket = (run => $run, ticket => $ticket);
    @ticket{qw(stored code held left)} = $first =~ /^(\w+) +(\d*) (\d) (\d)/ or return undef;
    @ticket{qw(supervisor session boot inodes cgroup)} = split / /, $second, 5 if defined $second;
    $locked = runs_here($ticket{supervisor}, $ticket{boot}) unless defined $locked;
    $ticket{state} = $ticket{stored} eq 'run' && !$locked ? 'lost' : $ticket{stored};
    return \%ticket;
}

# Whether somebody else holds a lock; undefined where the file system has none.
sub is_locked {
    my ($file) = @_;
    return 0 if flock $file, $LOCK_SH | $LOCK_NB;
    return $! == $EAGAIN ? 1 : undef;
}

sub runs_here {
    my ($pid, $boot) = @_;
    return !defined $pid || $boot eq $BOOT && (kill(0, $pid) || $! == $EPERM);
}

# Overwrites line 1.
sub store_state {
    my ($file, @state) = @_;
    sysseek $file, 0, 0;
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
    my $fifo = listener($channel) or return;
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

my $NO_TOKEN = '0' x 20;

sub stored_token {
    my ($file) = @_;
    my $token = '';
    sysread $file, $token, 20;
    return $token eq $NO_TOKEN ? '' : $token;
}

# The highest token seen, '' where the run was never entered.
sub fence {
    my ($run) = @_;
    open my $file, '<', "$run/fence" or return '';
    flock $file, $LOCK_SH;
    return stored_token($file);
}

# Raises the token and returns what it was before, as it is where it was below $known; nothing where another channel has taken the run's folder away meanwhile.
sub raise_fence {
    my ($run, $token, $known) = @_;
    open my $file, $known ? '+<' : '+>>', "$run/fence" or return $! == $ENOENT ? undef : die "cannot open $STATE/$run/fence: $!\n";
    flock $file, $LOCK_EX;
    sysseek $file, 0, 0;
    my $before = stored_token($file);
    return $before if $before ge padded($token) || $known && $before lt padded($known);
    open my $same, '+<', "$run/fence" or return $! == $ENOENT ? undef : die "cannot open $STATE/$run/fence: $!\n";
    (syswrite($same, padded($token)) || 0) == 20 or die "cannot write $STATE/$run/fence: $!\n";
    return $before;
}

sub unpadded {
    my ($token) = @_;
    $token =~ s/^0+(?=\d)//;
    return $token;
}
