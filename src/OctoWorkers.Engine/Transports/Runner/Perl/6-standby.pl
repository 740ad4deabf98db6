# The standby: a supervisor that was forked ahead, with the process of its interpreter, so that a start is a message to it. It waits with what does not
# depend on the attempt: pipes, control group, and a file that is complete and locked before it becomes a ticket. The channel takes the
# ticket as for any other attempt, by the link, and tells the standby then. A standby leaves when its channel does.

my $JOB = 30000;        # bytes of a start that a standby is told: a pipe takes them at once
my $IDLE = 0.25;        # seconds after which the machine has nothing more urgent to do
my @UNHEARD = qw(HUP INT QUIT TERM);    # by supervisors
my $standby;            # { pid, draft (path of the future ticket), file, writer }
my $standby_at;         # when to make one
my ($starts, %starts_of) = (0);

# Only a channel that starts one attempt after the other wants one.
sub want_standby {
    my ($pause) = @_;
    $standby_at = now() + $pause if $starts > 1 && !$standby;
}

sub make_standby {
    undef $standby_at;
    return if $standby || !(-d $SPARES || mkdir $SPARES, 0700);
    my $path = "$SPARES/t" . ++$spares_made;
    reuse('x', $path);
    my $file = draft($path, state_line('run', '', 0, 1) . "\n");
    flock $file, $LOCK_EX and pipe my $reader, my $writer or return unlink $path;
    my $pid = fork;
    return unlink $path unless defined $pid;
    return $standby = { pid => $pid, draft => $path, file => $file, writer => $writer } if $pid;
    close $writer;
    leave_channel();
    eval { stand_by({ file => $file }, $reader) };
    kill 'KILL', $$;
}

# The standby that may be told of an attempt: the state folder may be another one by now.
sub ready_standby {
    dismiss_standby() if $standby && !-e $standby->{draft};
    return $standby;
}

# It ends when the pipe to it does, which is when nobody here has what is returned any more.
sub dismiss_standby {
    my $gone = $standby;
    undef $standby;
    undef $standby_at;
    unlink $gone->{draft} if $gone;
    return $gone;
}

# Removes the group of one that was killed, which its file names.
sub forsake_standby {
    my ($path) = @_;
    rmdir $1 if slurp($path) =~ m{^\d+ .* (/\S+/octoworkers-standby-\d+)$}m;
}

# False if it is dead.
sub hand_over {
    my ($pipe, $job) = @_;
    return (syswrite($pipe, pack('N', length $job) . $job) || 0) == 4 + length $job;
}

sub job_of {
    my ($run, $ticket, $script, @lists) = @_;
    return pack '(N/a*)*', $run, $ticket, $script, map { scalar(@$_), @$_ } @lists;
}

sub read_job {
    my ($attempt, $job) = @_;
    my @words = unpack '(N/a*)*', $job;
    @$attempt{qw(run ticket script)} = splice @words, 0, 3;
    $attempt->{input} = '';
    @$attempt{qw(environment interpreter arguments)} = map { [splice @words, 0, shift @words] } 1 .. 3;
}

# What comes through a pipe, or nothing if that ends before.
sub await_job {
    my ($pipe) = @_;
    my ($text, $length) = ('', 4);
    while (length $text < $length) {
        my $count = sysread $pipe, $text, $length - length $text, length $text;
        next if !defined $count && $! == $EINTR;
        return undef unless $count;
        $length += unpack 'N', $text if $length == 4 && length $text == 4;
    }
    return substr $text, 4;
}

sub stand_by {
    my ($attempt, $reader) = @_;
    hear_signals($attempt);
    my @pipes = map { make_stream($_) } 'o', 'e';
    pipe my $orders, my $writer or return;
    make_group($attempt, 'standby');
    my $pid = fork_interpreter($attempt);
    return unless defined $pid;
    if ($pid == 0) {
        close $writer;
        lead_session(@pipes);
        my $job = await_job($orders);
        kill 'KILL', $$ unless defined $job;
        read_job($attempt, $job);
        interpret($attempt);
    }
    ignore_signals();
    close $orders;
    oversee($attempt, $pid, @pipes);
    my $job = await_job($reader);
    read_job($attempt, $job) if defined $job;
    if (defined $job && waitpid($pid, $WNOHANG) != 0) {
        # Somebody has killed the process kept for the interpreter: another one, as if there had been none.
        delete @$attempt{qw(pid pipes ended)};
        forsake_group($attempt);
        $SIG{$_} = 'DEFAULT' for @UNHEARD;
        return supervise($attempt);
    }
    return watch($attempt) if defined $job && eval { prepare($attempt); hand_over($writer, $job) || die "the process kept for the interpreter has ended\n" };
    my $why = $@;
    kill 'KILL', $pid;
    1 while waitpid($pid, 0) == -1 && $! == $EINTR;
    defined $job ? fail_start($attempt, $why) : forsake_group($attempt);
}
