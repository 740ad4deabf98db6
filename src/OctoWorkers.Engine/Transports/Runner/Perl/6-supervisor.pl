# The supervisor of one attempt: starts the interpreter, carries its output from pipes to files, stores its exit code.
# $attempt: run, ticket, script, input, environment, interpreter, arguments (as started); file (the ticket's, locked).

my $HELD_OPEN = 2;      # seconds to wait for the end of the output after the interpreter's
my $NOTICE_GAP = 0.05;  # seconds between two notices of output, so that a loud script does not keep channels busy

sub supervise {
    my ($attempt) = @_;
    hear_signals($attempt);
    eval { start_interpreter($attempt); 1 } or fail_start($attempt, $@);
    ignore_signals();
    watch($attempt) if $attempt->{pid};
}

sub hear_signals {
    my ($attempt) = @_;
    # Not ignored, or there would be nothing to wait for; both interrupt select.
    $SIG{CHLD} = sub { };
    $SIG{USR1} = sub { $attempt->{asked} = 1 };
    $attempt->{adopts} = adopt_orphans(1);
}

# Only when the interpreter's process is there, so that it never ignores what may be sent to it before it has become itself.
sub ignore_signals { $SIG{$_} = 'IGNORE' for @UNHEARD }

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
    my @pipes = map { make_stream($_) } 'o', 'e';
    prepare($attempt);
    my $input = make_input($attempt);
    make_group($attempt, $attempt->{ticket});
    my $pid = fork_interpreter($attempt);
    die "cannot fork: $!\n" unless defined $pid;
    if ($pid == 0) {
        lead_session(@pipes);
        interpret($attempt, $input);
    }
    close $input if $input;
    feed($attempt);
    oversee($attempt, $pid, @pipes);
}

sub prepare {
    my ($attempt) = @_;
    my ($run, $ticket) = @$attempt{qw(run ticket)};
    # Packages may have been put into it already.
    mkdir "$run/w.$ticket" or $! == $EEXIST or die "cannot create the working directory: $!\n";
    write_script("$run/s.$ticket", delete $attempt->{script});
}

sub fork_interpreter {
    my ($attempt) = @_;
    my $pid = $attempt->{cgroup} ? fork_into($attempt->{cgroup}) : undef;
    return $pid if defined $pid;
    forsake_group($attempt);
    return fork;
}

sub oversee {
    my ($attempt, $pid, @pipes) = @_;
    close delete $_->{writer} for @pipes;
    @$attempt{qw(pid pipes ended)} = ($pid, \@pipes, process_descriptor($pid));
    @$attempt{qw(session boot inodes)} = ($pid, $BOOT, join ',', map { $_->{inode} } @pipes);
    record($attempt);
}

# Output goes through a pipe, since a script that writes to /dev/stderr would truncate a file.
sub make_stream {
    my ($kind) = @_;
    pipe my $reader, my $writer or die "cannot make a pipe: $!\n";
    return { kind => $kind, reader => $reader, writer => $writer, inode => (stat $reader)[1], rest => '' };
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
    my ($attempt, $name) = @_;
    return unless $GROUPS;
    my $group = "$GROUPS/octoworkers-$name-$$";
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

sub lead_session {
    my ($out, $error) = @_;
    own_session();
    $SIG{$_} = 'DEFAULT' for @IGNORED;
    open STDOUT, '>&', $out->{writer};
    open STDERR, '>&', $error->{writer};
}

# The process becomes the interpreter.
sub interpret {
    my ($attempt, $input) = @_;
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
