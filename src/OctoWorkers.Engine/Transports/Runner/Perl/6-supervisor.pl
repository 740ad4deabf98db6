# The supervisor of one attempt: starts the interpreter, carries its output from pipes to files, stores its exit code.
# $attempt: run, ticket, script, input, environment, interpreter, arguments (as started); file (the ticket's, locked).

my $HELD_OPEN = 2;      # seconds to wait for the end of the output after the interpreter's
my $NOTICE_GAP = 0.05;  # seconds between two notices of output, so that a loud script does not keep channels busy

sub supervise {
    my ($attempt) = @_;
    # Not ignored, or there would be nothing to wait for; both interrupt select.
    $SIG{CHLD} = sub { };
    $SIG{USR1} = sub { $attempt->{asked} = 1 };
    $attempt->{adopts} = adopt_orphans(1);
    eval { start_interpreter($attempt); 1 } or fail_start($attempt, $@);
    # Only now, so that the interpreter never ignores what may be sent to it before it has become itself.
    $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT TERM);
    watch($attempt) if $attempt->{pid};
}

# The output of an attempt that could not be started says why.
sub fail_start {
    my ($attempt, $why) = @_;
    my ($run, $ticket) = @$attempt{qw(run ticket)};
    put_at_end("$run/e.$ticket", "octoworkers: $why");
    rmdir $attempt->{cgroup} if $attempt->{cgroup};
    store_state($attempt->{file}, 'exit', 126, 0, 0);
    notify_all("x $ticket");
}

sub put_at_end {
    my ($path, $text) = @_;
    open my $file, '>>', $path or return;
    syswrite $file, $text;
}

sub start_interpreter {
    my ($attempt) = @_;
    my ($run, $ticket) = @$attempt{qw(run ticket)};
    my @pipes = map { make_stream("$run/$_.$ticket") } 'o', 'e';
    # Packages may have been put into it already.
    mkdir "$run/w.$ticket" or $! == $EEXIST or die "cannot create the working directory: $!\n";
    write_script("$run/s.$ticket", delete $attempt->{script});
    my $input = make_input($attempt);
    make_group($attempt);
    my $pid = $attempt->{cgroup} ? fork_into($attempt->{cgroup}) : undef;
    forsake_group($attempt) unless defined $pid;
    $pid = fork unless defined $pid;
    die "cannot fork: $!\n" unless defined $pid;
    become_interpreter($attempt, $input, @pipes) if $pid == 0;
    close $input if $input;
    close delete $_->{writer} for @pipes;
    feed($attempt);
    @$attempt{qw(pid pipes ended)} = ($pid, \@pipes, process_descriptor($pid));
    @$attempt{qw(session boot inodes)} = ($pid, $BOOT, join ',', map { $_->{inode} } @pipes);
    record($attempt);
}

# Output goes through a pipe, since a script that writes to /dev/stderr would truncate a file.
sub make_stream {
    my ($path) = @_;
    pipe my $reader, my $writer or die "cannot make a pipe: $!\n";
    return { path => $path, reader => $reader, writer => $writer, inode => (stat $reader)[1], rest => '' };
}

sub write_script {
    my ($path, $script) = @_;
    my $file;
    open $file, '+<', $path or open $file, '>', $path or die "cannot create the script: $!\n";
    for (my $at = 0; $at < length $script;) {
        $at += syswrite($file, $script, 1 << 20, $at) || die "cannot write the script: $!\n";
    }
    truncate $file, length $script or die "cannot write the script: $!\n" if -s $file > length $script;
}

sub make_group {
    my ($attempt) = @_;
    return unless $GROUPS;
    my $group = "$GROUPS/octoworkers-$attempt->{ticket}-$$";
    $attempt->{cgroup} = $group if mkdir $group, 0755;
}

sub forsake_group {
    my ($attempt) = @_;
    rmdir delete $attempt->{cgroup} if $attempt->{cgroup};
}

# What ends the attempt without its supervisor: line 2 of the ticket.
sub record {
    my ($attempt) = @_;
    sysseek $attempt->{file}, length state_line('run', '', 0, 1), 0;
    syswrite $attempt->{file}, join(' ', $$, @$attempt{qw(session boot inodes)}, $attempt->{cgroup} || '') . "\n";
}

sub become_interpreter {
    my ($attempt, $input, $out, $error) = @_;
    own_session();
    $SIG{$_} = 'DEFAULT' for @IGNORED;
    open STDOUT, '>&', $out->{writer};
    open STDERR, '>&', $error->{writer};
    my $folder = "$STATE/$attempt->{run}";
    chdir "$folder/w.$attempt->{ticket}" or give_up(126, "cannot enter the working directory: $!");
    delete $ENV{OCTOWORKERS_MEANS};    # it speaks to a runner
    for (@{ $attempt->{environment} }) {
        my ($name, $value) = split /=/, $_, 2;
        $ENV{$name} = $value;
    }
    $ENV{OCTOWORKERS_TICKET} = $attempt->{ticket};
    $ENV{OCTOWORKERS_ATTEMPT} = "$STATE/$attempt->{ticket}";
    umask $LOGIN_UMASK;
    give_up(126, "cannot hand over the input: $!") if $input && !become_third($input);
    my @command = (@{ $attempt->{interpreter} }, "$folder/s.$attempt->{ticket}", @{ $attempt->{arguments} });
    { exec { $command[0] } @command }
    my $why = $!;
    give_up(is_there($command[0]) ? 126 : 127, "cannot run $command[0]: $why");
}

# A folder of PATH that cannot be searched makes exec say "permission denied" of what is nowhere.
sub is_there {
    my ($name) = @_;
    return grep { -e $_ } $name =~ m{/} ? $name : map { "$_/$name" } split /:/, $ENV{PATH} || '';
}

sub give_up {
    my ($code, $why) = @_;
    syswrite STDERR, "octoworkers: $why\n";
    exit $code;
}

# --- the supervisor's loop ---

sub watch {
    my ($attempt) = @_;
    $attempt->{asked} = 1;  # what was asked before the ticket named this process
    until (is_over($attempt)) {
        my $ready = wait_for_news($attempt);
        reap($attempt);
        defined $attempt->{code} ? stop_feeding($attempt) : feed($attempt);
        for my $pipe (@{ $attempt->{pipes} }) {
            carry($attempt, $pipe) if $pipe->{reader} && ($pipe->{rest} ne '' || vec $ready, fileno $pipe->{reader}, 1);
        }
        take_requests($attempt) if delete $attempt->{asked};
        go_on_terminating($attempt) if $attempt->{term};
        notice_output($attempt);
    }
    finish($attempt);
}

# Over when the interpreter has ended and its output was closed or held too long. A termination under way comes first.
sub is_over {
    my ($attempt) = @_;
    return 0 if !defined $attempt->{code} || $attempt->{term};
    return 1 unless grep { $_->{reader} } @{ $attempt->{pipes} };
    return now() >= $attempt->{ended_at} + $HELD_OPEN;
}

sub wait_for_news {
    my ($attempt) = @_;
    my $ready = '';
    vec($ready, $attempt->{ended}, 1) = 1 if defined $attempt->{ended} && !defined $attempt->{code};
    for my $pipe (@{ $attempt->{pipes} }) {
        vec($ready, fileno $pipe->{reader}, 1) = 1 if $pipe->{reader} && $pipe->{rest} eq '';
    }
    my $room = '';
    vec($room, fileno $attempt->{feed}, 1) = 1 if $attempt->{feed};
    my $count = select $ready, $room, undef, patience($attempt);
    return $count > 0 ? $ready : '';
}

sub patience {
    my ($attempt) = @_;
    my @limits;
    push @limits, $attempt->{notice_at} - now() if $attempt->{notice_at};
    push @limits, pause_of($attempt->{term}) if $attempt->{term};
    push @limits, $attempt->{ended_at} + $HELD_OPEN - now() if defined $attempt->{code};
    push @limits, 0.1 if !defined $attempt->{ended} || grep { $_->{rest} ne '' } @{ $attempt->{pipes} };
    my $least = shift @limits;
    for (@limits) { $least = $_ if $_ < $least }
    return defined $least && $least < 0 ? 0 : $least;
}

# True when no child is left.
sub reap {
    my ($attempt) = @_;
    my $pid;
    while (($pid = waitpid -1, $WNOHANG) > 0) {
        next if $pid != $attempt->{pid};
        $attempt->{code} = $? & 127 ? 128 + ($? & 127) : $? >> 8;
        $attempt->{ended_at} = now();
    }
    return $pid == -1;
}

# From the pipe to the file. What a full disk does not take waits here, and the script with it.
sub carry {
    my ($attempt, $pipe) = @_;
    if ($pipe->{rest} eq '') {
        my $count = sysread $pipe->{reader}, $pipe->{rest}, 1 << 20;
        return if !defined $count && ($! == $EINTR || $! == $EAGAIN);
        return close delete $pipe->{reader} unless $count;
        widen($pipe) if $count >= 65536;
    }
    open $pipe->{file}, '>>', $pipe->{path} or return delete $pipe->{file} unless $pipe->{file};
    my $written = syswrite $pipe->{file}, $pipe->{rest};
    return unless $written;
    $pipe->{rest} = $written == length $pipe->{rest} ? '' : substr $pipe->{rest}, $written;
    # A moment later, so that output and exit of a short script are one piece of news.
    $attempt->{notice_at} ||= later(now() + 0.005, ($attempt->{noticed_at} || 0) + $NOTICE_GAP);
}

sub later { return $_[0] > $_[1] ? $_[0] : $_[1] }

# A larger pipe (F_SETPIPE_SZ) means fewer switches; only for the loud, since the sum is limited per user.
sub widen {
    my ($pipe) = @_;
    fcntl $pipe->{reader}, 1031, 1 << 20 if $^O eq 'linux' && !$pipe->{wide}++;
}

sub notice_output {
    my ($attempt) = @_;
    return if !$attempt->{notice_at} || now() < $attempt->{notice_at};
    delete $attempt->{notice_at};
    $attempt->{noticed_at} = now();
    notify_all("o $attempt->{ticket}");
}

# Requests: "MILLISECONDS CHANNEL ID", each a symbolic link, since that can be made on a full disk. A second one can only shorten the grace.
sub take_requests {
    my ($attempt) = @_;
    for my $path (map { "$attempt->{run}/$_" } grep { /^t\.\Q$attempt->{ticket}\E\./ } entries($attempt->{run})) {
        my ($milliseconds, $channel, $id) = split ' ', readlink($path) || next;
        unlink $path;
        my $term = new_termination($attempt, $milliseconds);
        $attempt->{term} ||= $term;
        $attempt->{term}{deadline} = min($attempt->{term}{deadline}, $term->{deadline});
        push @{ $attempt->{term}{askers} }, [$channel, $id];
    }
}

sub go_on_terminating {
    my ($attempt) = @_;
    my $term = $attempt->{term};
    my $verdict = step_termination($term) or return;
    delete $attempt->{term};
    my $receipt = kept_receipt($term, $verdict);
    push @{ $attempt->{answers} }, map { [$_->[0], "a $_->[1] $receipt"] } @{ $term->{askers} };
    answer($attempt) unless defined $attempt->{code};
}

# Answers come after the exit code is stored where there is one, so that a remove may follow at once.
sub answer {
    my ($attempt) = @_;
    notify(@$_, 5) for splice @{ $attempt->{answers} };
}

# A process that is left behind is left alone: it stays in its group, and remove lets it out.
sub finish {
    my ($attempt) = @_;
    my $held = grep { $_->{reader} } @{ $attempt->{pipes} };
    my $left = !(reap($attempt) && $attempt->{adopts});
    rmdir $attempt->{cgroup} if $attempt->{cgroup};
    store_state($attempt->{file}, 'exit', $attempt->{code}, $held ? 1 : 0, $left ? 1 : 0);
    notify_all("x $attempt->{ticket}");
    answer($attempt) if $attempt->{answers};
    # Often it is empty: then it goes while the engine stores the end.
    rmdir "$attempt->{run}/w.$attempt->{ticket}" unless $left || $held;
}
