using System.Collections;

namespace Nonsmooth.Cluster.Tests;

public sealed class MpiLaunchTests
{
    [Fact]
    public void LaunchersAreKnownByWhatTheySay()
    {
        Assert.Equal((null, 1), Told([]));
        Assert.Equal(("mpirun of Open MPI", 4), Told(new() { ["OMPI_COMM_WORLD_SIZE"] = "4", ["PMIX_RANK"] = "0" }));
        Assert.Equal(("a launcher with PMI, as MPICH's mpirun", 2), Told(new() { ["PMI_SIZE"] = "2", ["PMI_RANK"] = "0" }));
        Assert.Equal(("srun with PMIx", 64), Told(new() { ["PMIX_RANK"] = "3", ["SLURM_NTASKS"] = "64" }));
        Assert.Equal((null, 1), Told(new() { ["SLURM_NTASKS"] = "64" }));
        Assert.Equal((null, 1), Told(new() { ["PMI_SIZE"] = "many" }));
        Assert.StartsWith("libmpich", MpiLaunch.Of(new Hashtable { ["PMI_SIZE"] = "2" }).Libraries[0], StringComparison.Ordinal);
        Assert.Equal(["/opt/libmpi.so"], MpiLaunch.Of(new Hashtable { ["PMI_SIZE"] = "2", [MpiLaunch.Variable] = "/opt/libmpi.so" }).Libraries);
        Assert.Equal(["/opt/libmpi.so"], MpiLaunch.Of(new Hashtable { [MpiLaunch.Variable] = "/opt/libmpi.so" }).Libraries);
    }

    [Theory]
    [InlineData("Open MPI v4.1.4, package: Debian Open MPI, ident: 4.1.4, repo rev: v4.1.4, May 26, 2022", "Open MPI 4.1.4")]
    [InlineData("Open MPI v5.0.0rc12, package: x", "Open MPI 5.0.0rc12")]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr", "MPICH 4.0.2")]
    [InlineData("Intel(R) MPI Library 2021.9 for Linux* OS\nmore", "Intel(R) MPI Library 2021.9 for Linux* OS")]
    public void ALibraryHasAShortName(string version, string name) => Assert.Equal(name, MpiLibrary.ShortName(version));

    [Fact]
    public void WhatIsNoLibraryIsSaid()
    {
        Assert.Null(MpiLibrary.TryLoad(new MpiLaunch(null, 1, ["libnone-of-these.so"]), out string? why));
        Assert.Contains("libnone-of-these.so", why, StringComparison.Ordinal);
        Assert.Null(MpiLibrary.TryLoad(new MpiLaunch(null, 1, ["libm.so.6"]), out why));
        Assert.Contains("libm.so.6 is not a library of MPI", why, StringComparison.Ordinal);
        string line = Assert.Throws<CommunicationException>(() => Ranks.Run(new MpiLaunch("mpirun", 2, ["libnone-of-these.so"]), 1, _ => { })).Message;
        Assert.StartsWith("mpirun started this process, and there is no library of MPI (libnone-of-these.so)", line, StringComparison.Ordinal);
    }

    private static (string? Launcher, int Size) Told(Hashtable environment) => MpiLaunch.Of(environment) is var launch ? (launch.Launcher, launch.Size) : default;
}
