# Files of removed runs, emptied and used again. To make a file anew can take half a millisecond of work on file systems that pass over
# what was deleted a short while ago, which is several times per attempt; to rename one takes none. Working directories
# are never used again: something outside of the attempt, a container for instance, may still be in one.

my $NAME = "c.$$-" . substr $BOUNDARY, 0, 8;    # of this channel
my $SPARES = 'p' . substr $NAME, 1;             # its folder of spares
my (@spares, $spares_made);

# Puts a spare at the path, if there is one; the path is then opened as if it were new.
sub reuse {
    my ($path) = @_;
    my $spare = pop @spares;
    rename $spare, $path if defined $spare;
}

# Keeps the small files of an attempt of which nothing can still have them open: its supervisor knows that no process is left.
sub salvage {
    my ($ticket) = @_;
    return if $ticket->{state} ne 'exit' || $ticket->{left} || @spares >= 64;
    return unless -d $SPARES || mkdir $SPARES, 0700;
    for my $path (map { "$ticket->{run}/$_.$ticket->{ticket}" } qw(x s o e)) {
        my ($mode, $links, $owner, $size) = (lstat $path)[2, 3, 4, 7];
        next unless defined $mode && $mode == 0100600 && $links == 1 && $owner == $> && $size <= 65536;
        my $spare = "$SPARES/" . ++$spares_made;
        push @spares, $spare if truncate($path, 0) && rename $path, $spare;
    }
}
