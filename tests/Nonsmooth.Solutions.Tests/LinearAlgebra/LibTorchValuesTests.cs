using System.Runtime.InteropServices;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Solutions.Tests.LinearAlgebra;

/// <summary>Values of batches beside libtorch's, which are LAPACK's.</summary>
public sealed class LibTorchValuesTests
{
    private const int _batch = 3;

    private delegate TensorHandle[] Operators(TensorHandle[] arguments);

    // The row of the catalogue's first problem for the map, and libtorch's results in the map's order; what stands as signless is compared in size.
    private static readonly (string Name, SolutionMap Map, Operators Call, bool Signless)[] _rows =
    [
        ("solve", new LinearSolve(), a => [Dispatcher.Call1(new("linalg_solve"), [Slot.Of(a[0]), Slot.Of(a[1]), Slot.Of(true)])], false),
        ("triangular", new TriangularSolve(false), a => [Dispatcher.Call1(
            new("linalg_solve_triangular"), [Slot.Of(a[0]), Slot.Of(a[1]), Slot.Of(false), Slot.Of(true), Slot.Of(false)])], false),
        ("unit triangular", new TriangularSolve(true, true), a => [Dispatcher.Call1(
            new("linalg_solve_triangular"), [Slot.Of(a[0]), Slot.Of(a[1]), Slot.Of(true), Slot.Of(true), Slot.Of(true)])], false),
        ("cholesky", new Cholesky(), a => [Dispatcher.Call1(new("linalg_cholesky"), [Slot.Of(a[0]), Slot.Of(false)])], false),
        ("det", new Determinant(), a => [Dispatcher.Call1(new("linalg_det"), [Slot.Of(a[0])])], false),
        ("slogdet", new LogDeterminant(), a => Two("linalg_slogdet", [Slot.Of(a[0]), 0]), false),
        ("inverse", new Inverse(), a => [Dispatcher.Call1(new("linalg_inv"), [Slot.Of(a[0])])], false),
        ("lstsq", new LeastSquares(), a =>
        {
            ulong[] stack = [Slot.Of(a[0]), Slot.Of(a[1]), Slot.None, Slot.None];
            Dispatcher.Call(new("linalg_lstsq"), stack);
            Delete(stack.AsSpan(1));
            return [new((nint)stack[0])];
        }, false),
        ("qr", new Qr(), a => Two("linalg_qr", [Slot.Of(a[0]), Slot.Of("reduced"u8)]), false),
        ("eigvalsh", new SymmetricEigenvalues(), a => [Dispatcher.Call1(new("linalg_eigvalsh"), [Slot.Of(a[0]), Slot.Of("L"u8)])], false),
        ("eigh", new SymmetricEigen(), a => Two("linalg_eigh", [Slot.Of(a[0]), Slot.Of("L"u8)]), true),
        ("svdvals", new SingularValues(), a => [Dispatcher.Call1(new("linalg_svdvals"), [Slot.Of(a[0]), Slot.None])], false),
        ("svd", new Svd(), a =>
        {
            var (u, s, vh) = Dispatcher.Call3(new("linalg_svd"), [Slot.Of(a[0]), Slot.Of(false), Slot.None]);
            return [u, s, Dispatcher.Call1(new("transpose", "int"), [Slot.Take(vh), Slot.Of(-2L), Slot.Of(-1L)])];
        }, true),
        ("nuclear norm", new SingularValueSum(), a => [Dispatcher.Call1(
            new("linalg_matrix_norm", "str_ord"), [Slot.Of(a[0]), Slot.Of("nuc"u8), Slot.Of([-2L, -1L]), Slot.Of(false), Slot.None])], false),
        ("expm", new SymmetricExp(), a =>
        {
            var t = Dispatcher.Call1(new("transpose", "int"), [Slot.Of(a[0]), Slot.Of(-2L), Slot.Of(-1L)]);
            var mean = Dispatcher.Call1(new("lerp", "Tensor"), [Slot.Of(a[0]), Slot.Take(t), Slot.Take(TensorFactory.Full([], 0.5, TorchDtype.Float64, default))]);
            return [Dispatcher.Call1(new("linalg_matrix_exp"), [Slot.Take(mean)])];
        }, false),
    ];

    public static TheoryData<string> Rows => [.. _rows.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void ABatchHasLibTorchsValues(string name)
    {
        var (_, map, call, signless) = _rows.Single(r => r.Name == name);
        var row = StandardSolutions.Rows.First(r => r.Map.Equals(map));
        var random = new CounterRandom(7).Derive(name);
        var problems = Enumerable.Range(0, _batch).Select(i => row.Draw(random.Derive((ulong)i))).ToArray();
        var arguments = problems[0].Select((first, p) => Tensor.Of(new Shape(_batch).Concat(first.Shape), problems.SelectMany(x => x[p].Elements).ToArray())).ToArray();
        var builder = new ProgramBuilder();
        var inputs = arguments.Select((a, i) => builder.Input($"a{i}", a.Shape)).ToArray();
        var program = builder.Build(builder.ApplyAll(map, inputs).SkipLast(1).Select((r, i) => ($"r{i}", r)));
        var ours = Interpreter.Run<Float64>(program, [.. arguments.Select(a => a.Elements)]);
        double[][] theirs = Called(call, arguments, [.. ours.Select(o => o.Shape.Elements)]);
        double worst = 0;
        for (int r = 0; r < ours.Count; r++)
        {
            double[] own = ((Tensor<double>)ours[r]).Elements;
            worst = Math.Max(worst, own.Zip(theirs[r], (o, t) => signless ? Math.Abs(Math.Abs(o) - Math.Abs(t)) : Math.Abs(o - t)).Max() / (1 + own.Max(Math.Abs)));
        }

        Console.WriteLine(FormattableString.Invariant($"{name}: {worst:G3} from libtorch"));
        Assert.True(worst <= 1e-13, $"{name}: {worst}");
    }

    private static double[][] Called(Operators call, Tensor<double>[] arguments, int[] sizes)
    {
        TensorHandle[] handles = [.. arguments.Select(a => TensorFactory.FromBytes(
            MemoryMarshal.AsBytes<double>(a.Elements), [.. Enumerable.Range(0, a.Shape.Rank).Select(i => (long)a.Shape[i])], TorchDtype.Float64, default))];
        var results = call(handles);
        double[][] values = [.. results.Select((h, r) => Read(h, sizes[r]))];
        foreach (var handle in handles)
        {
            handle.Delete();
        }

        return values;
    }

    private static double[] Read(TensorHandle handle, int size)
    {
        double[] values = new double[size];
        var dense = TensorFactory.Contiguous(handle);
        TensorFactory.CopyTo(dense, MemoryMarshal.AsBytes(values.AsSpan()));
        dense.Delete();
        handle.Delete();
        return values;
    }

    private static TensorHandle[] Two(string name, Span<ulong> stack)
    {
        var (first, second) = Dispatcher.Call2(new(name), stack);
        return [first, second];
    }

    private static void Delete(ReadOnlySpan<ulong> slots)
    {
        foreach (ulong slot in slots)
        {
            new TensorHandle((nint)slot).Delete();
        }
    }
}
