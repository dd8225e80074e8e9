using System.Diagnostics;

namespace Nonsmooth.Tests.Shared;

/// <summary>C of a test, made a library by gcc where there is one.</summary>
internal static class CLibrary
{
    /// <summary>Compiles <c>NAME.c</c> of a folder to <c>NAME.so</c> there; the test is skipped where there is no gcc.</summary>
    /// <returns>The library's path.</returns>
    public static string Compile(string folder, string name, string flags = "")
    {
        try
        {
            using var gcc = Process.Start(new ProcessStartInfo("gcc", $"-O1 -ffp-contract=off -shared -fPIC -o {name}.so {name}.c {flags}") { WorkingDirectory = folder })!;
            gcc.WaitForExit();
            Assert.True(gcc.ExitCode == 0, "gcc refuses the C");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("there is no gcc to compile the C with");
        }

        return Path.Combine(folder, $"{name}.so");
    }
}
