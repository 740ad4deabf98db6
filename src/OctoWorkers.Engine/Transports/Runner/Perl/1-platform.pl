# The worker's half of the channel, for workers that have perl (5.8 or newer, nothing but its core).
# The parts of this folder are one program: they are joined in the order of their names and evaluated by
# the loader with @ARGV = (STATE, BOUNDARY) and commands on STDIN. docs/runner-protocol.md says what is spoken.
#
# A channel is one process, an event loop. It forks a supervisor for each attempt; that forks the interpreter. Channel and
# supervisors are forks of one small perl, so modules are loaded only where the system calls are not known by number.
#
# The state folder is the current directory of channels and supervisors. In it
#   c.NAME       the FIFO of a channel, for notices of supervisors of any channel; without a reader, the channel is dead
#   p.NAME/      files and folders of that channel that hold nothing any more, to be used again
#   r.RUN/fence  the highest fencing token
#   r.RUN/x.T    the ticket: taken by creating it; line 1 the state, overwritten in place; line 2 what its supervisor made.
#                Its supervisor holds a lock on it, which the kernel releases at death: that tells "running" from "lost"
#   r.RUN/t.T.*  requests to a supervisor, which is then sent USR1
#   r.RUN/{s,o,e,w}.T    script, standard output, standard error (made when something is written), working directory
use strict;

my ($STATE, $BOUNDARY) = @ARGV;
# Descriptors that whatever started us forgot to close are not for interpreters.
for my $descriptor (grep { $_ > 2 } entries('/dev/fd')) {
    my $handle;
    close $handle if open $handle, '<&=', $descriptor;
}

# What the interpreter would inherit: ignored by whatever started us, and by us.
my @IGNORED = ('PIPE', 'CHLD', 'USR1', grep { ($SIG{$_} || '') eq 'IGNORE' } keys %SIG);
my $LOGIN_UMASK = umask 077;
my ($EPERM, $ENOENT, $EINTR, $ENXIO, $EEXIST) = (1, 2, 4, 6, 17);
my $EAGAIN = $^O eq 'linux' ? 11 : 35;
my ($LOCK_SH, $LOCK_EX, $LOCK_NB, $WNOHANG) = (1, 2, 4, 1);

# Newer kernels tell without a process. uname prints its words in the order of s, n, m whatever the order asked for.
my ($SYSTEM, $NODE, $MACHINE) = map { slurp("/proc/sys/kernel/$_") =~ /^(\S+)$/ ? $1 : () } qw(ostype hostname arch);
($SYSTEM, $NODE, $MACHINE) = split ' ', `uname -s -n -m` unless defined $MACHINE;

# Linux numbers its system calls by architecture; mknodat stands in for mkfifo, which is not a call of its own.
my %ABI = (
    x86_64  => { setsid => 112, prctl => 157, mknodat => 259, clock_gettime => 228, dup3 => 292 },
    aarch64 => { setsid => 157, prctl => 167, mknodat => 33,  clock_gettime => 113, dup3 => 24 },
    i686    => { setsid => 66,  prctl => 172, mknodat => 297, clock_gettime => 265, dup3 => 330 },
    armv7l  => { setsid => 66,  prctl => 172, mknodat => 324, clock_gettime => 263, dup3 => 358 },
    ppc64le => { setsid => 66,  prctl => 171, mknodat => 288, clock_gettime => 246, dup3 => 316 },
    s390x   => { setsid => 66,  prctl => 172, mknodat => 290, clock_gettime => 260, dup3 => 326 },
);
$ABI{$_} = $ABI{aarch64} for qw(arm64 riscv64 loongarch64);
$ABI{$_} = $ABI{i686} for qw(i386 i486 i586);
$ABI{$_} = $ABI{armv7l} for qw(armv6l armv8l);
my $CALL = system_calls();
my $O_NONBLOCK = $CALL ? 2048 : do { require Fcntl; Fcntl::O_NONBLOCK() };
my $POINTER_IS_64 = length(pack 'p', '') == 8;

# A 32-bit perl on a 64-bit kernel speaks the 32-bit architecture's numbers.
sub system_calls {
    return undef if $^O ne 'linux';
    return $ABI{$MACHINE} if length(pack 'p', '') == 8 || $MACHINE !~ /64|s390x/;
    return $MACHINE eq 'x86_64' ? $ABI{i686} : $MACHINE eq 'aarch64' ? $ABI{armv7l} : undef;
}

sub own_session {
    if ($CALL) { syscall $CALL->{setsid} }
    else { require POSIX; POSIX::setsid() }
}

# Makes a handle the interpreter's descriptor 3. Handles above 2 are closed by exec, so one that is there already goes by way of another.
sub become_third {
    my ($handle) = @_;
    open my $other, '<&', $handle or return 0 if fileno $handle == 3;
    my $from = fileno($other || $handle);
    return syscall($CALL->{dup3}, $from, 3, 0) == 3 if $CALL;
    require POSIX;
    return defined POSIX::dup2($from, 3);
}

# From now on orphans among our descendants become our children. True where the kernel can do that.
sub adopt_orphans {
    my ($on) = @_;
    return $CALL && syscall($CALL->{prctl}, 36, $on, 0, 0, 0) == 0;
}

sub make_fifo {
    my ($path) = @_;
    my $bytes = "$path\0";
    return syscall($CALL->{mknodat}, -100, $bytes, 0010600, 0) == 0 if $CALL;
    require POSIX;
    return POSIX::mkfifo($path, 0600);
}

# Seconds of a clock that does not jump, where there is one.
sub now {
    my $time = pack 'l!2', 0, 0;
    return time unless $CALL && syscall($CALL->{clock_gettime}, 1, $time) == 0;
    my ($seconds, $nanoseconds) = unpack 'l!2', $time;
    return $seconds + $nanoseconds / 1e9;
}

# A descriptor that is readable once the process has ended, or nothing: a signal alone could come just before select.
sub process_descriptor {
    my ($pid) = @_;
    my $fd = $CALL ? syscall(434, $pid, 0) : -1;
    return $fd < 0 ? undef : $fd;
}

sub doze { select undef, undef, undef, $_[0] }

# Words on the wire: anything that could end one is percent-encoded.
sub encode {
    my ($text, $also) = @_;
    $text =~ s/([^!-\$&-~])/sprintf '%%%02X', ord $1/ge;
    $text =~ s/:/%3A/g if $also;
    return $text;
}

# The contents of a file that may not be there.
sub slurp {
    my ($path) = @_;
    open my $file, '<', $path or return '';
    my $text = '';
    while (sysread $file, $text, 65536, length $text) { }
    return $text;
}

sub entries {
    my ($folder) = @_;
    opendir my $handle, $folder or return;
    return grep { $_ ne '.' && $_ ne '..' } readdir $handle;
}
