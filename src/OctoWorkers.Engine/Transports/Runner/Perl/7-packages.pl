# Packages: a cache beside the state folders, for all channels and stores of this user. What is in it is named by its SHA-256.
#   HASH         a package, read only. A run that uses it has a second link to it, r.RUN/h.HASH: the number of links tells whether it is in use
#   HASH.part    one of which not everything has come yet
my $CACHE = $STATE;
$CACHE =~ s{(?:/+[^/]+){3}/*$}{/packages};

sub have {
    my ($id, $run, $hash) = @_;
    checked($hash);
    my $cached = "$CACHE/$hash";
    if ($run ne '-') {
        checked($run);
        settle();
        $run = "r.$run";
        return reply($id, 'unknown') if fence($run) eq '';
        return reply($id, 'ok') if -e "$run/h.$hash" || -e $cached && (link $cached, "$run/h.$hash" or symlink $cached, "$run/h.$hash") && touch($cached);
    }
    return reply($id, 'ok') if -e $cached && touch($cached);
    reply($id, 'part', (-s "$cached.part") || 0);
}

sub touch { return utime undef, undef, $_[0] }

# Bytes at the end of what has come so far. NUL and backslash are written as printf's %b reads them.
sub put_package {
    my ($id, $hash, $offset, $bytes) = @_;
    checked($hash);
    settle();
    mkdir $CACHE, 0700 unless -d $CACHE;
    open my $file, '>>', "$CACHE/$hash.part" or die "cannot write $CACHE/$hash.part: $!\n";
    my $size = -s $file;
    return reply($id, 'at', $size) if $size != $offset;
    $bytes =~ s/\\(\\|0[0-7]{3})/$1 eq '\\' ? '\\' : chr oct $1/ge;
    for (my $at = 0; $at < length $bytes;) {
        $at += syswrite($file, $bytes, length $bytes, $at) || die "cannot write $CACHE/$hash.part: $!\n";
    }
    reply($id, 'ok', $offset + length $bytes);
}

sub aside {
    my ($id, $work) = @_;
    settle();
    $pending{$id} = { helper => 1 };
    beside($id, sub { $SIG{CHLD} = 'DEFAULT'; return $work->() });
}

sub seal {
    my ($id, $hash) = @_;
    checked($hash);
    aside($id, sub {
        my $found = digest("$CACHE/$hash.part");
        if ($found ne $hash) {
            unlink "$CACHE/$hash.part";
            return "differs $found";
        }
        chmod 0400, "$CACHE/$hash.part";
        rename "$CACHE/$hash.part", "$CACHE/$hash" or die "cannot write $CACHE/$hash: $!\n";
        return 'ok';
    });
}

# By whatever is there: the core of perl cannot.
sub digest {
    my ($path) = @_;
    for my $tool ('sha256sum', 'shasum -a 256', 'openssl dgst -sha256 -r', q(python3 -I -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')) {
        open STDIN, '<', $path or die "cannot read $path: $!\n";
        return $1 if `$tool 2>/dev/null` =~ /\b([0-9a-f]{64})\b/;
    }
    die "there is neither sha256sum, shasum, openssl nor python3 to verify a package with\n";
}

# Runs a program in the folder NAME of the working directory of an attempt that has not begun.
sub unpack_package {
    my ($id, $run, $token, $ticket, $hash, $name, $kind, $program) = @_;
    checked($run, $token, $ticket, $hash);
    die "not a name of a folder: $name\n" if $name =~ m{/} || $name =~ /^\.\.?$/;
    settle();
    $run = "r.$run";
    my $fence = fence($run);
    return reply($id, 'unknown') if $fence eq '';
    return reply($id, 'fenced', unpadded($fence)) if $fence gt padded($token);
    return reply($id, 'used') if -e "$run/x.$ticket";
    return reply($id, 'missing') unless -e "$run/h.$hash";
    aside($id, sub {
        my $folder = "$STATE/$run/w.$ticket";
        for my $made ($folder, $name eq '' ? () : "$folder/$name") { mkdir $made or $! == $EEXIST or die "cannot create $made: $!\n" }
        $folder .= "/$name" if $name ne '';
        my $taken = "$STATE/$run/x.$ticket";
        my $said = run_program($folder, sub { -e $taken || !-e "$STATE/$run" }, $program, "$STATE/$run/h.$hash", $kind);
        return 'used' if -e $taken;
        return $? ? 'failed ' . encode(substr $said, 0, 1000) : 'ok ' . encode($folder);
    });
}

# Not in this process's own directory: what it has to tell goes to a FIFO there. Ends the program with all that it started when nobody wants it any more:
# who takes the ticket, to end the attempt before it begins, does not know of it.
sub run_program {
    my ($folder, $is_unwanted, $program, @words) = @_;
    my $pid = open my $said, '-|';
    die "cannot fork: $!\n" unless defined $pid;
    if (!$pid) {
        setpgrp 0, 0;
        open STDERR, '>&', *STDOUT;
        chdir $folder or exit 126;
        umask $LOGIN_UMASK;
        exec 'sh', '-c', $program, 'sh', @words;
        exit 127;
    }
    my $text = '';
    vec(my $bits = '', fileno $said, 1) = 1;
    while (1) {
        if (select(my $ready = $bits, undef, undef, 0.1) < 1) {
            kill 'KILL', -$pid if $is_unwanted->();
            next;
        }
        sysread $said, $text, 65536, length $text or last;
        $text = substr $text, -4096 if length $text > 4096;
    }
    close $said;
    return $text;
}

# Removes what no run uses: all that was not used for so many seconds, and the longest unused beyond so many bytes.
sub clean {
    my ($id, $bytes, $seconds) = @_;
    aside($id, sub {
        my ($removed, $left) = (0, 0);
        for my $it (sort { $b->{at} <=> $a->{at} } map { cached($_) } entries($CACHE)) {
            my $old = time - $it->{at} >= $seconds || $left + $it->{size} > $bytes;
            if ($old && $it->{links} < 2 && unlink $it->{path}) { $removed += $it->{size} }
            else { $left += $it->{size} }
        }
        rmdir $CACHE;
        return "ok $removed $left";
    });
}

# One that is on its way counts as used for an hour after its latest bytes.
sub cached {
    my ($name) = @_;
    my ($links, $size, $at) = (lstat "$CACHE/$name")[3, 7, 9];
    return () unless defined $links;
    $links++ if $name =~ /\.part$/ && time - $at < 3600;
    return { path => "$CACHE/$name", links => $links, size => $size, at => $at };
}
