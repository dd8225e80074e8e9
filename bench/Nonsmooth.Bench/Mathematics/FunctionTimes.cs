using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Bench.Kernels;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Bench.Mathematics;

/// <summary>
/// Transcendental functions over spans that fit the cache, on one thread: nanoseconds an element, and the ratios to System.Math one by one and to
/// libtorch's kernel on the same numbers in the same rounds.
/// </summary>
internal static class FunctionTimes
{
    private const int _count = 16384;

    private delegate void Many<T>(ReadOnlySpan<T> x, Span<T> y);

    public static int Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 201;
        LibTorchThreads.Count = 1;
        Console.WriteLine("function  format   ours ns   Math ns   ratio   libtorch ns   ratio");
        Time("exp", Transcendental.Exp, Transcendental.Exp, Math.Exp, rounds, 8);
        Time("expm1", Transcendental.ExpM1, Transcendental.ExpM1, null, rounds, 8);
        Time("log", Transcendental.Log, Transcendental.Log, Math.Log, rounds, 0);
        Time("log1p", Transcendental.LogP1, Transcendental.LogP1, null, rounds, 0);
        Time("sin", Transcendental.Sin, Transcendental.Sin, Math.Sin, rounds, 8);
        Time("cos", Transcendental.Cos, Transcendental.Cos, Math.Cos, rounds, 8);
        Time("tan", Transcendental.Tan, Transcendental.Tan, Math.Tan, rounds, 8);
        Time("tanh", Transcendental.Tanh, Transcendental.Tanh, Math.Tanh, rounds, 4);
        Time("sigmoid", Transcendental.Sigmoid, Transcendental.Sigmoid, null, rounds, 8);
        Time("erf", Transcendental.Erf, Transcendental.Erf, null, rounds, 4);
        Time("erfc", Transcendental.Erfc, Transcendental.Erfc, null, rounds, 4);
        Powers(rounds);
        return 0;
    }

    // x from 0.01 to 10, exponents from −4 to 4.
    private static void Powers(int rounds)
    {
        var random = new Random(2);
        double[] x = [.. Enumerable.Range(0, _count).Select(_ => 0.01 + (9.99 * random.NextDouble()))];
        double[] p = [.. Enumerable.Range(0, _count).Select(_ => (8 * random.NextDouble()) - 4)];
        double[] y = new double[_count];
        var (xs, ps, ys) = (Array.ConvertAll(x, v => (float)v), Array.ConvertAll(p, v => (float)v), new float[_count]);
        using (var exponents = TorchTensor.FromSpan<double>(p, [_count]))
        {
            Line("pow", "f64", () => Transcendental.Pow(x, p, y), () => Each(x, p, y), TorchTensor.FromSpan<double>(x, [_count]), rounds, "Tensor_Tensor", exponents);
        }

        using var singles = TorchTensor.FromSpan<float>(ps, [_count]);
        Line("pow", "f32", () => Transcendental.Pow(xs, ps, ys), null, TorchTensor.FromSpan<float>(xs, [_count]), rounds, "Tensor_Tensor", singles);
    }

    private static void Each(double[] x, double[] p, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Pow(x[i], p[i]);
        }
    }

    // Arguments from −width to width; from 0.01 to 10 where the width is 0.
    private static void Time(string name, Many<double> wide, Many<float> narrow, Func<double, double>? one, int rounds, double width)
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, _count).Select(_ => width == 0 ? 0.01 + (9.99 * random.NextDouble()) : width * ((2 * random.NextDouble()) - 1))];
        double[] y = new double[_count];
        float[] single = Array.ConvertAll(x, v => (float)v);
        float[] result = new float[_count];
        Line(name, "f64", () => wide(x, y), one is null ? null : () => One(one, x, y), TorchTensor.FromSpan<double>(x, [_count]), rounds);
        Line(name, "f32", () => narrow(single, result), null, TorchTensor.FromSpan<float>(single, [_count]), rounds);
    }

    private static void One(Func<double, double> function, double[] x, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = function(x[i]);
        }
    }

    private static void Line(string name, string format, Action ours, Action? platform, TorchTensor tensor, int rounds, string overload = "", TorchTensor? second = null)
    {
        var op = new OperatorName(name, overload);
        using (tensor)
        {
            double[] seconds = Clock.Medians(rounds, ours, platform ?? ours, () => Dispatcher.Call1(op, second is null ? [Slot.Of(tensor.Handle)] : [Slot.Of(tensor.Handle), Slot.Of(second.Handle)]).Delete());
            Taken.Note($"mathematics/{name}/{format}/libtorch", seconds[0] / _count, seconds[2] / _count);
            double[] ns = Array.ConvertAll(seconds, s => s / _count * 1e9);
            string middle = platform is null ? "        –       –" : string.Create(CultureInfo.InvariantCulture, $"{ns[1],9:F2} {ns[0] / ns[1],7:F2}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-9} {format} {ns[0],11:F2} {middle} {ns[2],13:F2} {ns[0] / ns[2],7:F2}"));
        }
    }
}
