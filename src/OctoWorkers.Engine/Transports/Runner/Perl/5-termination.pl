# Ending an attempt's processes: TERM to all, KILL after the grace, until there is none. A termination is a hash
# { deadline, seen => { pid => [name, signal] } } that is stepped by whoever ends it: the attempt's supervisor between its other
# work, or, where that is dead, a helper process of the channel.

my $AFTER_KILL = 10;    # seconds until what withstands KILL is given up

sub new_termination {
    my ($attempt, $milliseconds) = @_;
    return { attempt => $attempt, deadline => now() + $milliseconds / 1000, seen => {} };
}

sub means_of {
    my ($attempt) = @_;
    return $attempt->{cgroup} ? 'ControlGroup' : $attempt->{adopts} ? 'Subreaper' : 'Search';
}

# What of the attempt lives now: pid => name. Strays are what left its control group but not its supervisor's family.
sub living {
    my ($attempt) = @_;
    my %living;
    if ($attempt->{cgroup}) {
        $living{$_} = name_of($_) for group_members($attempt->{cgroup});
        return %living if %living || !$attempt->{adopts} || reap($attempt);
    }
    return descendants($$) if $attempt->{adopts};
    return search($attempt);
}

# That a process which adopts orphans has no child is certain, unlike a look at the list of processes.
sub nothing_lives {
    my ($attempt, $living) = @_;
    return 0 if %$living;
    return 0 if $attempt->{cgroup} && group_is_populated($attempt->{cgroup});
    return !$attempt->{adopts} || reap($attempt);
}

# One step. Returns the verdict, or nothing while it goes on.
sub step_termination {
    my ($term) = @_;
    my $attempt = $term->{attempt};
    my %living = living($attempt);
    $term->{living} = \%living;
    if (nothing_lives($attempt, \%living)) {
        return means_of($attempt) eq 'Search' ? 'NoneFound' : 'NothingLeft';
    }
    my $kill = now() >= $term->{deadline};
    for my $pid (keys %living) {
        my $before = $term->{seen}{$pid};
        next if $before && !$kill;
        $term->{seen}{$pid} = [$living{$pid}, $kill ? 'KILL' : 'TERM'];
        kill $kill ? 'KILL' : 'TERM', $pid;
    }
    put("$attempt->{cgroup}/cgroup.kill", '1') if $kill && $attempt->{cgroup};
    return 'Left' if now() > $term->{deadline} + $AFTER_KILL;
    return undef;
}

# How long the next step may wait: soon at first, since most processes go at once.
sub pause_of {
    my ($term) = @_;
    $term->{pause} = $term->{pause} ? $term->{pause} * 1.5 : 0.002;
    $term->{pause} = 0.05 if $term->{pause} > 0.05;
    my $left = $term->{deadline} - now();
    return $left > 0 && $left < $term->{pause} ? $left : $term->{pause};
}

sub receipt {
    my ($term, $verdict) = @_;
    my ($seen, $living) = ($term->{seen}, $term->{living});
    my @left = $verdict eq 'Left' ? grep { $seen->{$_} } keys %$living : ();
    my %left = map { $_ => 1 } @left;
    my $list = sub { join '', map { " $_:" . encode($seen->{$_}[0], 1) . ":$seen->{$_}[1]" } (sort { $a <=> $b } @_)[0 .. min(99, $#_)] };
    # A notice has to stay below PIPE_BUF, 4096 bytes where it is smallest of all in use.
    my $ended = substr $list->(grep { !$left{$_} } keys %$seen), 0, 2400;
    my $remaining = substr $list->(@left), 0, 1200;
    s/ [^ ]*$// for grep { length == 2400 || length == 1200 } $ended, $remaining;
    return "$verdict " . means_of($term->{attempt}) . " ended$ended left$remaining";
}

# The receipt to answer with. The first one that names somebody is kept beside the ticket, before the attempt's end is stored: who asks again, after a
# connection that broke or as another process of the engine, hears the same, and never that the attempt had ended by itself.
sub kept_receipt {
    my ($term, $verdict) = @_;
    my $attempt = $term->{attempt};
    my $path = "$attempt->{run}/k.$attempt->{ticket}";
    my $receipt = receipt($term, $verdict);
    if (%{ $term->{seen} }) { keep_text($path, $receipt) if $verdict ne 'Left' }
    else { $receipt = readlink($path) || slurp($path) || $receipt }
    return $receipt;
}

# A symbolic link can be made on a full disk; where its text is too long for one, a file.
sub keep_text {
    my ($path, $text) = @_;
    unlink $path;
    symlink $text, $path and return;
    open my $file, '>', "$path.$$" or return;
    if ((syswrite($file, $text) || 0) == length $text) { rename "$path.$$", $path }
    else { unlink "$path.$$" }
}

sub min { return $_[0] < $_[1] ? $_[0] : $_[1] }

# For attempts that have no supervisor any more: what it would have known is in the ticket.
sub terminate_orphaned {
    my ($ticket, $milliseconds) = @_;
    return "NeverStarted " . strongest_means() . ' ended left' if $ticket->{state} eq 'refused';
    my $cgroup = $ticket->{cgroup};
    # The supervisor removes its group when that is empty, and says when it had no descendant left.
    my $term = new_termination($ticket, $milliseconds);
    return kept_receipt($term, 'NothingLeft') if $cgroup && !-e $cgroup;
    if (!$cgroup && $ticket->{state} eq 'exit' && !$ticket->{left}) {
        $ticket->{adopts} = 1;
        return kept_receipt($term, 'NothingLeft');
    }
    my $verdict;
    doze(pause_of($term)) until $verdict = step_termination($term);
    return kept_receipt($term, $verdict);
}

sub strongest_means { return $GROUPS ? 'ControlGroup' : adopt_orphans(0) ? 'Subreaper' : 'Search' }
