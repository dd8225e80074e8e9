using Nonsmooth.Tensors;

using static Nonsmooth.Dictionary.ExampleArgument;

namespace Nonsmooth.Dictionary;

/// <content>Functions that networks from other frameworks need.</content>
public static partial class StandardDictionary
{
    private static IEnumerable<DictionaryRow> Imported() =>
    [
        One(new Tan(), -1.2, 1.2), One(new Sinh()), One(new Cosh()), One(new Asin(), -0.9, 0.9), One(new Acos(), -0.9, 0.9), One(new Atan()),
        One(new Asinh()), One(new Acosh(), 1.2, 4), One(new Atanh(), -0.9, 0.9), One(new Ceil()), One(new Trunc()), One(new Sinc()), One(new Mish()), One(new Softsign()),
        One(new Softshrink(0.5)), One(new Hardshrink(0.5)), One(new Threshold(0.5, 0)), One(new Threshold(1, 1)),
        Of(new Atan2()), Of(new XLogY(), 0.2, 2), Of(new LogAddExp()), Of(new Remainder(), 0.5, 4), Of(new Fmod(), 0.5, 4), Of(new LogisticLoss()), Of(new Bound(false)), Of(new Bound(true)),
        Gradient(new Tan(), -1.2, 1.2), Gradient(new Sinh()), Gradient(new Asin(), -0.9, 0.9), Gradient(new Acos(), -0.9, 0.9), Gradient(new Atan()),
        Gradient(new Asinh()), Gradient(new Acosh(), 1.2, 4), Gradient(new Atanh(), -0.9, 0.9),
        new(new Product([1], false), [Reals(_plane)]),
        new(new Product([0, 1], true), [Reals(_plane)]),
        new(new CumulativeProduct(1, false), [Reals(_plane)]),
        new(new CumulativeProduct(0, true), [Reals(_plane)]),
        new(new Recurrence(1, false), [Reals(_plane), Reals(_plane)]),
        new(new Recurrence(0, true), [Reals(_plane), Reals(_plane)]),
        new(new PowerNorm(3, [1], false), [Reals(_plane, 0.2, 2)]),
        new(new PowerNorm(1.5, [0, 1], true), [Reals(_plane, 0.2, 2)]),
        new(new RandomReals(_plane, RandomLaw.Uniform, 7), [Indices(Shape.Scalar, 1000)]), new(new RandomReals(_plane, RandomLaw.Normal, 7), [Indices(Shape.Scalar, 1000)]),
    ];
}
