using System.Runtime.InteropServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Several problems of one shape: the leading axes of the arguments.</summary>
/// <remarks>An argument without leading axes is shared by all problems of a batch.</remarks>
internal sealed class ProblemBatch
{
    private readonly bool[] _shared;

    private ProblemBatch(Shape batch, IReadOnlyList<Shape> shapes, bool[] shared)
    {
        Shape = batch;
        Shapes = shapes;
        _shared = shared;
    }

    /// <summary>The leading axes; a scalar for one problem.</summary>
    public Shape Shape { get; }

    /// <summary>How many problems.</summary>
    public int Count => Shape.Elements;

    /// <summary>The shapes of one problem's parameters.</summary>
    public IReadOnlyList<Shape> Shapes { get; }

    public static ProblemBatch Of(IReadOnlyList<Parameter> parameters, IReadOnlyList<TensorType> arguments)
    {
        if (arguments.Count != parameters.Count)
        {
            throw new ShapeException($"takes {parameters.Count} arguments ({string.Join(", ", parameters.Select(p => p.Name))}), given {arguments.Count}");
        }

        var batch = Shape.Scalar;
        string first = "";
        for (int i = 0; i < arguments.Count; i++)
        {
            var (parameter, type) = (parameters[i], arguments[i]);
            if (type.Kind != ElementKind.Real || type.Shape.Rank < parameter.Rank)
            {
                throw new ShapeException($"{parameter.Name} must be real with at least {parameter.Rank} axes, given {type}");
            }

            var leading = type.Shape[..^parameter.Rank];
            if (leading.Rank > 0 && batch.Rank > 0 && !leading.Equals(batch))
            {
                throw new ShapeException($"{parameter.Name} is a batch of {leading}, {first} of {batch}: give both the same leading axes, or one of them none");
            }

            (batch, first) = leading.Rank > 0 ? (leading, parameter.Name) : (batch, first);
        }

        return new ProblemBatch(
            batch,
            [.. arguments.Select((a, i) => a.Shape[^parameters[i].Rank..])],
            [.. arguments.Select((a, i) => a.Shape.Rank == parameters[i].Rank)]);
    }

    /// <summary>One problem's parameters.</summary>
    public Problem Problem<T>(IReadOnlyList<Tensor> arguments, int problem)
        where T : struct, INumeric<T> =>
        new(Shapes, [.. Shapes.Select((s, i) => Part<T>(arguments[i], s, _shared[i] ? 0 : problem))]);

    /// <summary>One problem's part of a tensor that has all leading axes, as doubles.</summary>
    public static double[] Part<T>(Tensor tensor, Shape shape, int problem)
        where T : struct, INumeric<T>
    {
        var part = ((Tensor<T>)tensor).Elements.AsSpan(problem * shape.Elements, shape.Elements);
        if (typeof(T) == typeof(Rounded<Float64>))
        {
            return MemoryMarshal.Cast<T, double>(part).ToArray();
        }

        double[] numbers = new double[part.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = T.ToDouble(part[i]);
        }

        return numbers;
    }

    /// <summary>One problem's part of a tensor like a parameter's argument.</summary>
    public double[] Part<T>(Tensor tensor, int parameter, int problem)
        where T : struct, INumeric<T> => Part<T>(tensor, Shapes[parameter], _shared[parameter] ? 0 : problem);

    /// <summary>A result a problem, on several threads if that is safe; of errors the first problem's is thrown.</summary>
    public TResult[] Each<TResult>(bool isConcurrent, Func<int, TResult> one)
    {
        var results = new TResult[Count];
        if (!isConcurrent || Count == 1 || Environment.ProcessorCount == 1)
        {
            for (int i = 0; i < Count; i++)
            {
                results[i] = one(i);
            }

            return results;
        }

        var errors = new SolutionException?[Count];
        Parallel.For(0, Count, i =>
        {
            try
            {
                results[i] = one(i);
            }
            catch (SolutionException e)
            {
                errors[i] = e;
            }
        });
        return Array.Find(errors, e => e is not null) is { } first ? throw first : results;
    }

    /// <summary>The shape of a parameter's argument.</summary>
    public Shape Argument(int parameter) => _shared[parameter] ? Shapes[parameter] : Shape.Concat(Shapes[parameter]);

    /// <summary>Adds one problem's part to a total like a parameter's argument: the problems that share one are summed.</summary>
    public void Add(double[] total, int parameter, int problem, double[] part)
    {
        int start = _shared[parameter] ? 0 : problem * part.Length;
        for (int i = 0; i < part.Length; i++)
        {
            total[start + i] += part[i];
        }
    }

    /// <summary>A tensor of the arithmetic, rounded from doubles.</summary>
    public static Tensor<T> Rounded<T>(Shape shape, double[] elements)
        where T : struct, INumeric<T> =>
        new(shape, typeof(T) == typeof(Rounded<Float64>) ? MemoryMarshal.Cast<double, T>(elements).ToArray() : Array.ConvertAll(elements, T.Varying));
}
