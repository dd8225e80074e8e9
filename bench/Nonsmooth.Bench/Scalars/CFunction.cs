using System.Diagnostics;
using System.Runtime.InteropServices;
using Nonsmooth.Compiled;

namespace Nonsmooth.Bench.Scalars;

/// <summary>A program as C, compiled by the machine's gcc and called without the runtime's transition.</summary>
internal sealed unsafe class CFunction : IDisposable
{
    // One function of 10,000 operations takes gcc a minute, its gradient five: longer ones are written in pieces.
    private const int MostWhole = 12_000;
    private const int Piece = 2000;

    public const string Flags = "-O3 -march=x86-64-v3 -ffp-contract=off";

    private readonly nint _library;
    private readonly delegate* unmanaged[SuppressGCTransition]<double*, double*, void> _function;

    private CFunction(nint library, double seconds)
    {
        _library = library;
        CompileSeconds = seconds;
        _function = (delegate* unmanaged[SuppressGCTransition]<double*, double*, void>)NativeLibrary.GetExport(library, "f");
    }

    /// <summary>How long gcc took.</summary>
    public double CompileSeconds { get; }

    /// <summary>Compiles a program; null, with the reason said, where there is no gcc or it gives up.</summary>
    public static CFunction? Of(Programs.Program program, string folder, string name, double patience)
    {
        string source = Path.Combine(folder, name + ".c");
        string library = Path.Combine(folder, name + ".so");
        File.WriteAllText(source, CSource.Of(program, "f", piece: program.Nodes.Count > MostWhole ? Piece : int.MaxValue));
        var clock = Stopwatch.StartNew();
        Process gcc;
        try
        {
            gcc = Process.Start("gcc", $"{Flags} -shared -fPIC -o {library} {source} -lm");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("no gcc: nothing to compare with");
            return null;
        }

        using (gcc)
        {
            if (!gcc.WaitForExit(TimeSpan.FromSeconds(patience)))
            {
                gcc.Kill();
                Console.WriteLine($"gcc took more than {patience} s on {name}: left out");
                return null;
            }

            return gcc.ExitCode == 0 ? new(NativeLibrary.Load(library), clock.Elapsed.TotalSeconds)
                : throw new InvalidOperationException($"gcc refused {source}");
        }
    }

    public void Call(double* x, double* y) => _function(x, y);

    public void Dispose() => NativeLibrary.Free(_library);
}
