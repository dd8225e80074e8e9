using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>A function that decides by the numbers what it does: its own loop, on tensors that a run keeps, which allocates nothing.</summary>
/// <param name="name">The node's name.</param>
/// <param name="function">The function, which is an <see cref="IBindable"/>.</param>
/// <param name="arguments">Where the arguments lie.</param>
/// <param name="results">Where the results lie.</param>
/// <param name="slot">Where a run keeps what was bound.</param>
internal sealed class BoundKernel<T, TFormat>(string name, ElementaryFunction function, Place[] arguments, Place[] results, int slot) : Kernel<T>, IPlacedKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormat : struct, IFormat
{
    public override string Name => name;

    public IReadOnlyList<Place> Arguments => arguments;

    public IReadOnlyList<Place> Results => results;

    public override bool IsOwnLoop => true;

    public override void Run(Frame<T> frame)
    {
        try
        {
            (frame.Bound[slot] ??= Bind(frame))();
        }
        catch (NonsmoothException e)
        {
            throw e.In(name);
        }
    }

    private Action Bind(Frame<T> frame)
    {
        var (from, to) = (Array.ConvertAll(arguments, a => Kept(frame, a)), Array.ConvertAll(results, r => Kept(frame, r)));
        var run = ((IBindable)function).Bind<Rounded<TFormat>>(from, to);
        return () =>
        {
            for (int a = 0; a < from.Length; a++)
            {
                Read(frame, arguments[a], from[a]);
            }

            run();
            for (int r = 0; r < to.Length; r++)
            {
                Write(frame, results[r], to[r]);
            }
        };
    }

    private static Tensor Kept(Frame<T> frame, Place place) =>
        place.IsObject ? frame.Indices[place.Object]
        : place.Address < 0 ? place.Symbols!
        : BoundEvaluation.New<Rounded<TFormat>>(place.Type);

    private static void Read(Frame<T> frame, Place place, Tensor tensor)
    {
        if (place.Address < 0)
        {
            return;
        }

        var memory = frame.At(place.Address, place.Elements);
        if (tensor is Tensor<bool> mask)
        {
            for (int i = 0; i < memory.Length; i++)
            {
                mask[i] = memory[i] != T.Zero;
            }
        }
        else if (IsSame)
        {
            memory.CopyTo(Numbers(tensor));
        }
        else
        {
            var reals = (Tensor<Rounded<TFormat>>)tensor;
            for (int i = 0; i < memory.Length; i++)
            {
                reals[i] = Rounded<TFormat>.FromDouble(double.CreateTruncating(memory[i]));
            }
        }
    }

    private static void Write(Frame<T> frame, Place place, Tensor tensor)
    {
        switch (tensor)
        {
            case Tensor<bool> mask:
                frame.Write(place, mask);
                break;
            case Tensor<Rounded<TFormat>> when IsSame:
                Numbers(tensor).CopyTo(frame.At(place.Address, place.Elements));
                break;
            case Tensor<Rounded<TFormat>> reals:
                frame.Write(place, reals);
                break;
        }
    }

    // A number of f64 is a double and nothing else.
    private static bool IsSame => typeof(T) == typeof(double) && typeof(TFormat) == typeof(Float64) && Unsafe.SizeOf<Rounded<TFormat>>() == sizeof(double);

    private static Span<T> Numbers(Tensor tensor) => MemoryMarshal.Cast<Rounded<TFormat>, T>(((Tensor<Rounded<TFormat>>)tensor).Elements.AsSpan());
}
