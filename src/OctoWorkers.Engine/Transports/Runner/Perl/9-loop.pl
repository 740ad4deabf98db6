# The greeting, and the loop of the channel.

sub greet {
    my @found;
    for my $name (qw(bash sh python3 perl pwsh)) {
        my ($path) = grep { -f $_ && -x _ } map { "$_/$name" } grep { m{^/} } split /:/, $ENV{PATH} || '';
        push @found, encode($name) . '=' . encode($path) if defined $path;
    }
    $outgoing .= join(' ', 'H', map({ encode($_) } $SYSTEM, $MACHINE, $NODE, scalar(getpwuid $>) || $>), strongest_means(), @found) . "\n";
}

sub write_out {
    my $count = syswrite STDOUT, $outgoing;
    if (defined $count) { substr($outgoing, 0, $count) = '' }
    elsif ($! != $EAGAIN && $! != $EINTR) { leave() }
}

sub read_in {
    my $count = sysread STDIN, $reading{text}, 1 << 20, length $reading{text};
    if ($count) { take_in(\%reading) }
    elsif (defined $count) { leave() }
    elsif ($! != $EAGAIN && $! != $EINTR) { leave() }
}

sub leave {
    my $gone = dismiss_standby();
    if ($gone) { close $gone->{writer}; waitpid $gone->{pid}, 0 }
    exit 0 unless chdir $STATE;
    forget_spares($SPARES);
    unlink $NAME;
    unsettle();
    exit 0;
}

sub time_to_wait {
    my $most = %pending ? 0.2 : %follow ? 1 : undef;
    return $most if !defined $standby_at || $outgoing ne '';
    my $until = later($standby_at - now(), 0);
    return defined $most && $most < $until ? $most : $until;
}

sub serve {
    while (1) {
        produce();
        # Without one, for instance on a full disk, starts are as they are otherwise.
        eval { make_standby() } if defined $standby_at && $outgoing eq '' && now() >= $standby_at;
        my ($in, $out) = ('', '');
        vec($in, 0, 1) = 1;
        vec($in, fileno $notices, 1) = 1 if $notices;
        vec($out, 1, 1) = 1 if $outgoing ne '';
        my $count = select $in, $out, undef, time_to_wait();
        ($in, $out) = ('', '') if $count < 0;
        write_out() if vec $out, 1, 1;
        take_notices() if $notices && vec $in, fileno $notices, 1;
        read_in() if vec $in, 0, 1;
        if ((%follow || %pending) && now() >= $next_look) {
            look_around();
            $next_look = now() + (%pending ? 0.2 : 1);
        }
    }
}

$SIG{PIPE} = 'IGNORE';
$SIG{USR1} = 'IGNORE';  # until a supervisor hears it
$SIG{CHLD} = 'IGNORE';  # nobody waits for supervisors: what they have to say, they store
fcntl STDOUT, 4, fcntl(STDOUT, 3, 0) | $O_NONBLOCK;
greet();
serve();
