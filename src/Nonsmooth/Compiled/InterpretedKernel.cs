using System.Numerics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>A node that no code was written for: the interpreter's value, which allocates.</summary>
internal sealed class InterpretedKernel<T, TFormat>(string name, ElementaryFunction function, Place[] arguments, Place[] results) : Kernel<T>, IPlacedKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormat : struct, IFormat
{
    public override string Name => name;

    public IReadOnlyList<Place> Arguments => arguments;

    public IReadOnlyList<Place> Results => results;

    public override bool IsInterpreted => true;

    public override void Run(Frame<T> frame)
    {
        IReadOnlyList<Tensor> values;
        try
        {
            values = function.Evaluate<Rounded<TFormat>>(Array.ConvertAll(arguments, a => Read(frame, a)));
        }
        catch (NonsmoothException e)
        {
            throw e.In(name);
        }

        for (int r = 0; r < results.Length; r++)
        {
            Write(frame, results[r], values[r]);
        }
    }

    private static Tensor Read(Frame<T> frame, Place place)
    {
        if (place.Address < 0)
        {
            return place.IsObject ? frame.Indices[place.Object] : place.Symbols!;
        }

        var memory = frame.At(place.Address, place.Elements);
        if (place.Type.Kind == ElementKind.Boolean)
        {
            var mask = new Tensor<bool>(place.Type.Shape);
            for (int i = 0; i < memory.Length; i++)
            {
                mask[i] = memory[i] != T.Zero;
            }

            return mask;
        }

        var reals = new Tensor<Rounded<TFormat>>(place.Type.Shape);
        for (int i = 0; i < memory.Length; i++)
        {
            reals[i] = Rounded<TFormat>.FromDouble(double.CreateTruncating(memory[i]));
        }

        return reals;
    }

    private static void Write(Frame<T> frame, Place place, Tensor value)
    {
        switch (value)
        {
            case Tensor<bool> mask:
                frame.Write(place, mask);
                break;
            case Tensor<Rounded<TFormat>> reals:
                frame.Write(place, reals);
                break;
            default:
                ((Tensor<long>)value).Elements.CopyTo(frame.Indices[place.Object].Elements, 0);
                break;
        }
    }
}
