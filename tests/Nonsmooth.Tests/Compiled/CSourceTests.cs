using System.Runtime.InteropServices;
using Nonsmooth.Compiled;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Tests.Compiled;

/// <summary>A program as C gives the interpreter's numbers, whole and in pieces.</summary>
public sealed class CSourceTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    public unsafe void TheCIsTheProgram(int piece)
    {
        var gradient = Program.Trace(
            [("x", new Shape(4))],
            v => [("y", Maximum(Multiply(v[0], Sin(v[0])), Relu(Subtract(v[0], v[0].Flip(0)))).Sum())]).Backprop(new BackpropOptions());
        string folder = Directory.CreateTempSubdirectory("csource").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "f.c"), CSource.Of(gradient, "f", piece: piece));
            nint library = NativeLibrary.Load(CLibrary.Compile(folder, "f", "-lm"));
            var function = (delegate* unmanaged<double*, double*, void>)NativeLibrary.GetExport(library, "f");
            double[] x = [0.5, -0.0, 2, 0.5];
            double[] y = new double[5];
            fixed (double* from = x, to = y)
            {
                function(from, to);
            }

            double[] expected = [.. Interpreter.Run<Float64>(gradient, x).SelectMany(t => ((Tensor<double>)t).Elements)];
            Assert.All(expected.Zip(y), p => Assert.Equal(p.First, p.Second, 1e-15));
            NativeLibrary.Free(library);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
