# What a script written for Octopus finds in Python. This text is executed in __main__ before the script; the engine has put
# octopusvariables, and whatever is named __ow_…, before it.
import binascii as __ow_binascii
# Octopus leaves these two imported, and scripts rely on it.
import os
import sys

__ow_os, __ow_sys = os, sys


def __ow_encode(value):
    return __ow_binascii.b2a_base64(str(value).encode('utf-8', 'surrogateescape'), newline=False).decode()


def __ow_say(kind, **attributes):
    texts = ["%s='%s'" % (key, __ow_encode(value)) for key, value in attributes.items() if value is not None]
    print('##octopus[' + ' '.join([kind] + texts) + ']', flush=True)


def __ow_print(level, text):
    print('##octopus[stdout-%s]\n%s\n##octopus[stdout-default]' % (level, text), flush=True)


class __ow_Variables(dict):
    """A name is found exactly, else by one that differs in case only; one that is not there is empty, and still not in here."""

    def known(self, name):
        if dict.__contains__(self, name) or not isinstance(name, str):
            return name
        folded = name.lower()
        return next((other for other in self if other.lower() == folded), name)

    def __missing__(self, name):
        return dict.get(self, self.known(name), '')

    def __contains__(self, name):
        return dict.__contains__(self, self.known(name))

    def get(self, name, default=None):
        return dict.get(self, self.known(name), default)


octopusvariables = __ow_Variables(octopusvariables)


def get_octopusvariable(name):
    return octopusvariables[name]


def set_octopusvariable(name, value, sensitive=False):
    __ow_say('setVariable', name=name, value=value, sensitive='True' if sensitive else None)


def createartifact(path, name=None):
    path = __ow_os.path.abspath(path)
    length = __ow_os.path.getsize(path) if __ow_os.path.isfile(path) else None
    __ow_say('createArtifact', path=path, name=name or __ow_os.path.basename(path), length=length)


def failstep(message=None):
    if message is not None:
        __ow_say('resultMessage', message=message)
    __ow_sys.exit(1)


def updateprogress(percentage, message=None):
    __ow_say('progress', percentage=percentage, message='' if message is None else message)


def printverbose(message):
    __ow_print('verbose', message)


def printhighlight(message):
    __ow_print('highlight', message)


def printwait(message):
    __ow_print('wait', message)


def printwarning(message):
    __ow_print('warning', message)


class __ow_Modules:
    """Finds shared script modules, which exist in memory only. They see what the script sees of Octopus."""

    def __init__(self, sources, helpers):
        self.sources, self.helpers = sources, helpers

    def find_spec(self, name, path=None, target=None):
        if name not in self.sources:
            return None
        from importlib.machinery import ModuleSpec
        return ModuleSpec(name, self, origin='<module %s>' % name)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        vars(module).update(self.helpers)
        exec(compile(self.sources[module.__name__], '<module %s>' % module.__name__, 'exec'), vars(module))


def __ow_run(globals, sources, body):
    if sources:
        helpers = {name: value for name, value in globals.items() if not name.startswith('__')}
        __ow_sys.meta_path.insert(0, __ow_Modules(sources, helpers))
    for stream in __ow_sys.stdout, __ow_sys.stderr:
        if stream.encoding.lower() != 'utf-8' and 'PYTHONIOENCODING' not in __ow_os.environ:
            stream.reconfigure(encoding='utf-8', errors='surrogateescape')
    del __ow_sys.argv[0]
    globals['__file__'] = path = __ow_sys.argv[0]
    try:
        if body is None:
            with open(path, 'rb') as file:
                body = file.read()
        exec(compile(body, path, 'exec'), globals)
    except SystemExit:
        raise
    except BaseException:
        # As the interpreter would tell of it, without this frame.
        kind, error, trace = __ow_sys.exc_info()
        error.__traceback__ = trace = trace.tb_next
        __ow_sys.excepthook(kind, error, trace)
        __ow_sys.exit(1)
