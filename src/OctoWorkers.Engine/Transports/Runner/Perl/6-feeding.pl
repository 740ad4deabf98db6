# What an interpreter reads from its descriptor 3. The supervisor holds it in memory and writes as much at a time as the pipe takes.

# The pipe of what the interpreter reads from its descriptor 3; nothing where there is nothing to be read.
sub make_input {
    my ($attempt) = @_;
    return undef if $attempt->{input} eq '';
    pipe my $reader, $attempt->{feed} or die "cannot make a pipe: $!\n";
    fcntl $attempt->{feed}, 4, fcntl($attempt->{feed}, 3, 0) | $O_NONBLOCK;
    return $reader;
}

# As much of the input as the pipe takes. Nobody reads any more: what is left is dropped.
sub feed {
    my ($attempt) = @_;
    return unless $attempt->{feed};
    my $written = syswrite $attempt->{feed}, $attempt->{input}, 1 << 20;
    return if !defined $written && ($! == $EAGAIN || $! == $EINTR);
    substr($attempt->{input}, 0, $written) = '' if $written;
    stop_feeding($attempt) if !$written || $attempt->{input} eq '';
}

sub stop_feeding {
    my ($attempt) = @_;
    delete $attempt->{input};
    close delete $attempt->{feed} if $attempt->{feed};
}
