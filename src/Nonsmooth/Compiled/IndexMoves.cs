using System.Numerics;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>What moves indices of tensors of indices: found by moving their numbers, from 1 on; what is added by the function is 0.</summary>
/// <param name="To">Which tensor of indices is written.</param>
/// <param name="From">For each of its elements which tensor of indices it comes from; −1 for a number of the function's own.</param>
/// <param name="At">Which element of that, or the number.</param>
internal sealed record IndexMoves(int To, int[] From, long[] At)
{
    /// <summary>The moves; null where the function does more, or takes other arguments.</summary>
    public static IndexMoves? Of(ElementaryFunction function, Place[] arguments, Place[] results)
    {
        if (!TapedMasks.Moves(function) || function is IBindable || results.Length != 1 || arguments.Length == 0
            || !Array.TrueForAll(arguments, a => a.Type.Kind == ElementKind.Index))
        {
            return null;
        }

        long before = 0;
        var from = new List<(int Argument, int Element)>();
        var numbers = new Tensor[arguments.Length];
        for (int a = 0; a < numbers.Length; a++)
        {
            long start = before + 1;
            numbers[a] = Tensor.Generate(arguments[a].Type.Shape, i => start + i);
            from.AddRange(Enumerable.Range(0, arguments[a].Elements).Select(i => (a, i)));
            before += arguments[a].Elements;
        }

        long[] moved = ((Tensor<long>)function.Evaluate<Taped>(numbers)[0]).Elements;
        var (tensors, at) = (new int[moved.Length], new long[moved.Length]);
        for (int i = 0; i < moved.Length; i++)
        {
            if (moved[i] == 0)
            {
                tensors[i] = -1;
                continue;
            }

            var (argument, element) = from[(int)moved[i] - 1];
            bool known = arguments[argument].Symbols is Tensor<long>;
            (tensors[i], at[i]) = known ? (-1, ((Tensor<long>)arguments[argument].Symbols!)[element]) : (arguments[argument].Object, element);
        }

        return new(results[0].Object, tensors, at);
    }
}

/// <summary>Indices moved from where they are to where a node wants them.</summary>
internal sealed class IndexMoveKernel<T>(string name, IndexMoves moves) : Kernel<T>, IPlacedKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string Name => name;

    public IReadOnlyList<Place> Arguments => [];

    public IReadOnlyList<Place> Results => [];

    public override void Run(Frame<T> frame)
    {
        long[] to = frame.Indices[moves.To].Elements;
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = moves.From[i] < 0 ? moves.At[i] : frame.Indices[moves.From[i]][(int)moves.At[i]];
        }
    }
}
