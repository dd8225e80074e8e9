using System.Globalization;
using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli;

/// <summary>This machine, as pages tell of it.</summary>
internal static class MachineWords
{
    /// <summary>Processor, how many, memory, the instructions that kernels are made of, system and runtime.</summary>
    public static string Here() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MachineIdentity.ProcessorModel}, {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30):F1} GiB of memory, "
        + $"instructions {RunMachine.Now["instructions"]}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
}
