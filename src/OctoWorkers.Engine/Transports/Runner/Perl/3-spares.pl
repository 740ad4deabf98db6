# What removed runs leave is used again. On some file systems it takes milliseconds to free a block or to empty a file (the disk is told, or
# the file is written out when it is closed), and a part of one to make a file where another was deleted a short while ago;
# to rename takes none. So tickets and scripts are overwritten, never emptied, and the folder of a run keeps its fence. Working
# directories are never used again: something outside of the attempt, a container for instance, may still be in one.

my $NAME = "c.$$-" . substr $BOUNDARY, 0, 8;    # of this channel
my $SPARES = 'p' . substr $NAME, 1;             # its folder of spares
my %spares = (x => [], s => [], d => []);       # tickets, scripts, folders of runs
my %MOST = (x => 32, s => 32, d => 8);
my $spares_made;

# Puts a spare of a kind at the path, if there is one; it is then overwritten.
sub reuse {
    my ($kind, $path) = @_;
    my $spare = pop @{ $spares{$kind} };
    rename $spare, $path if defined $spare;
}

# True when the path has become a spare.
sub keep {
    my ($kind, $path) = @_;
    return 0 if @{ $spares{$kind} } >= $MOST{$kind} || !(-d $SPARES || mkdir $SPARES, 0700);
    my $spare = "$SPARES/" . ++$spares_made;
    return rename($path, $spare) && push @{ $spares{$kind} }, $spare;
}

# Keeps the small files of an attempt of which nothing can still have them open: its supervisor knows that no process is left.
sub salvage {
    my ($ticket) = @_;
    return if $ticket->{state} ne 'exit' || $ticket->{left};
    for my $kind ('x', 's') {
        my $path = "$ticket->{run}/$kind.$ticket->{ticket}";
        my ($mode, $links, $owner, $size) = (lstat $path)[2, 3, 4, 7];
        next unless defined $mode && $mode == 0100600 && $links == 1 && $owner == $> && $size <= 4096;
        keep($kind, $path) if $kind eq 'x' || blank($path, $size);
    }
}

sub blank {
    my ($path, $size) = @_;
    open my $file, '+<', $path or return 0;
    return (syswrite($file, "\0" x $size) || 0) == $size;
}

# The folder of a run, with a fence that was never raised where it is a spare. That replaces a folder in which nothing is yet, so two
# channels that make it at the same moment have the same.
sub make_run {
    my ($run) = @_;
    my $spare = pop @{ $spares{d} };
    return if defined $spare && rename $spare, $run;
    push @{ $spares{d} }, $spare if defined $spare;
    mkdir $run or $! == $EEXIST or die "cannot create $STATE/$run: $!\n";
}

# Keeps the folder of a run in which nothing but the fence is left. Whoever raises that at this moment holds its lock, or does not find it any more.
sub retire_run {
    my ($run) = @_;
    return if join(' ', entries($run)) ne 'fence' || -l $run;
    open my $file, '+<', "$run/fence" or return;
    return unless flock $file, $LOCK_EX | $LOCK_NB and (stat $file)[7] == 20 and (syswrite($file, $NO_TOKEN) || 0) == 20;
    keep('d', $run);
}
