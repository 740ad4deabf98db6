# The supervisor's loop: what it waits for, and what it does then.

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
    open $pipe->{file}, '>>', "$attempt->{run}/$pipe->{kind}.$attempt->{ticket}" or return delete $pipe->{file} unless $pipe->{file};
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
