using System.Globalization;
using OctoWorkers.StoreProbe;

// A second process for the tests of the store: it does one thing, says so line by line, and can be killed at any moment.
return args switch
{
    ["open", string folder] => await Probe.OpenAsync(folder),
    ["read", string folder] => await Probe.ReadAsync(folder),
    ["hold", string folder, string engine] => await Probe.HoldAsync(folder, new(engine)),
    ["write", string folder, string runs, string commits] => await Probe.WriteAsync(
        folder, int.Parse(runs, CultureInfo.InvariantCulture), int.Parse(commits, CultureInfo.InvariantCulture)),
    ["backup", string folder, string file] => await Maintenance.BackUpAsync(folder, file),
    ["restore", string file, string folder] => await Maintenance.RestoreAsync(file, folder),
    ["compact", string folder] => await Maintenance.CompactAsync(folder),
    ["retain", string folder] => await Maintenance.RetainAsync(folder),
    _ => 2,
};
