using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Instances of the functions of the dictionary that are not smooth.</summary>
internal static class DictionaryFunctions
{
    public static IReadOnlyList<ElementaryFunction> All { get; } =
    [
        new Unary<Relu>(default),
        new Unary<Relu6>(default),
        new Unary<LeakyRelu>(new(0.01)),
        new Unary<Elu>(new(2)),
        new Unary<Selu>(default),
        new Unary<Hardtanh>(default),
        new Unary<Hardsigmoid>(default),
        new Unary<Hardswish>(default),
        new Unary<Clamp>(new(-1, 1)),
        new Unary<Abs>(default),
        new Unary<Floor>(default),
        new Unary<Round>(default),
        new Unary<Sign>(default),
        new ArgMax(0),
    ];
}
