# Which processes belong to an attempt, and control groups.

# Every process that is not a zombie: id => { parent, session, name }.
sub process_table {
    my %table;
    return process_table_of_ps() unless -e '/proc/self/stat';
    for my $pid (grep { /^\d+$/ } entries('/proc')) {
        my ($name, $state, $parent, $session) = slurp("/proc/$pid/stat") =~ /\((.*)\) (\S) (\d+) \d+ (\d+)/s or next;
        $table{$pid} = { parent => $parent, session => $session, name => $name } unless $state =~ /[ZX]/;
    }
    return \%table;
}

# Without /proc the process group stands in for the session, which ps does not name everywhere.
sub process_table_of_ps {
    my %table;
    local $SIG{CHLD} = 'DEFAULT';
    for (`ps -A -o pid= -o ppid= -o pgid= -o stat= -o comm= 2>/dev/null`) {
        my ($pid, $parent, $group, $state, $name) = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)/ or next;
        $name =~ s{.*/}{};
        $table{$pid} = { parent => $parent, session => $group, name => $name } unless $state =~ /^Z/;
    }
    return \%table;
}

sub name_of {
    my ($pid) = @_;
    my $name = slurp("/proc/$pid/comm");
    chomp $name;
    return $name eq '' ? '?' : $name;
}

# Adds the descendants of what is marked in $in.
sub close_over_children {
    my ($table, $in) = @_;
    my %children;
    push @{ $children{ $table->{$_}{parent} } }, $_ for keys %$table;
    my @next = keys %$in;
    while (defined(my $pid = shift @next)) {
        push @next, grep { !$in->{$_}++ } @{ $children{$pid} || [] };
    }
}

sub descendants {
    my ($root) = @_;
    my $table = process_table();
    my %in = ($root => 1);
    close_over_children($table, \%in);
    delete $in{$root};
    return map { $_ => $table->{$_}{name} } grep { $table->{$_} } keys %in;
}

# What can be found of an attempt by its marks: session, the attempt in the environment (a ticket alone may be
# that of another store, too), the output pipes; and the
# children of those. What cleared its environment, left its session and closed its output is not found.
sub search {
    my ($attempt) = @_;
    return () if !$attempt->{session} || $attempt->{boot} ne $BOOT;
    my $table = process_table();
    delete @$table{ 1, $$ };
    my %in = map { $_ => 1 } grep { bears_mark($attempt, $_, $table->{$_}) } keys %$table;
    close_over_children($table, \%in);
    return map { $_ => $table->{$_}{name} } grep { $table->{$_} } keys %in;
}

sub bears_mark {
    my ($attempt, $pid, $process) = @_;
    return 1 if $process->{session} == $attempt->{session};
    return 1 if index("\0" . slurp("/proc/$pid/environ"), "\0OCTOWORKERS_ATTEMPT=$STATE/$attempt->{ticket}\0") >= 0;
    for my $inode (split /,/, $attempt->{inodes}) {
        return 1 if grep { (readlink("/proc/$pid/fd/$_") || '') eq "pipe:[$inode]" } entries("/proc/$pid/fd");
    }
    return 0;
}

# --- control groups (version 2) ---

# The folder in which groups of attempts are made: the group this process is in, if children of it can be made, entered and killed.
my $GROUPS = usable_group();

sub usable_group {
    return undef unless $CALL && $POINTER_IS_64;
    my ($root, $mount) = slurp('/proc/self/mountinfo') =~ /^\d+ \d+ \S+ (\S+) (\S+) [^\n]* - cgroup2 /m or return undef;
    my ($path) = slurp('/proc/self/cgroup') =~ /^0::(\S*)/m or return undef;
    $root = '' if $root eq '/';
    return undef if $path =~ m{^/\.\.} || index("$path/", "$root/") != 0;
    my $base = $mount . substr $path, length $root;
    $base =~ s{/+$}{};
    return can_enter("$base/octoworkers-" . substr($BOUNDARY, 0, 16)) ? $base : undef;
}

# Tries it: permissions and filters of system calls do not say what they forbid.
sub can_enter {
    my ($group) = @_;
    mkdir $group, 0755 or return 0;
    my $pid = -w "$group/cgroup.kill" ? fork_into($group) : undef;
    if (defined $pid && $pid == 0) { kill 'KILL', $$ }
    waitpid $pid, 0 if $pid;
    rmdir $group;
    return $pid;
}

# fork, but the child begins in the group; nothing where that fails. Moving it afterwards would cost
# a lock of the whole machine and leave a moment in which it could escape.
sub fork_into {
    my ($group) = @_;
    open my $folder, '<', $group or return undef;
    my $arguments = pack 'Q11', 2 ** 33, 0, 0, 0, 17, 0, 0, 0, 0, 0, fileno $folder;
    my $pid = syscall 435, $arguments, 88;
    return $pid < 0 ? undef : $pid;
}

# A group and those that were made below it, the deepest first.
sub group_tree {
    my ($group) = @_;
    return ((map { group_tree("$group/$_") } grep { -d "$group/$_" } entries($group)), $group);
}

sub group_members {
    my ($group) = @_;
    return map { split ' ', slurp("$_/cgroup.procs") } group_tree($group);
}

sub group_is_populated { return slurp("$_[0]/cgroup.events") =~ /^populated 1/m }

sub put {
    my ($path, $text) = @_;
    open my $file, '>', $path or return;
    return syswrite $file, $text;
}

# Removes a group; what was left alive in it goes where it would be without it. Returns the path if it is still there.
sub remove_group {
    my ($group) = @_;
    my ($parent) = $group =~ m{(.*)/};
    for my $try (1 .. 50) {
        put("$parent/cgroup.procs", $_) for group_members($group);
        rmdir for group_tree($group);
        return () unless -e $group;
        doze(0.002);
    }
    return $group;
}
