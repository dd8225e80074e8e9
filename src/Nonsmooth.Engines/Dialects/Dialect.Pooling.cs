using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>Maxima of square windows.</summary>
    public virtual Variable MaxPool2d(Variable x, int kernel, int stride, int padding) => Functions.MaxPool2d(x, kernel, stride, padding);

    /// <summary>Maxima of square windows, the last ones cut off.</summary>
    public virtual Variable MaxPool2dCeil(Variable x, int kernel, int stride) => Functions.MaxPool2d(x, kernel, stride, ceilMode: true);

    /// <summary>Maxima of windows of one axis.</summary>
    public virtual Variable MaxPool1d(Variable x, int kernel, int stride) =>
        Functions.MaxPool2d(x.Reshape(new Shape(1, 1, 1, x.Shape[^1])), new(1, kernel), new Pair(1, stride)) is var y ? y.Reshape(new Shape(1, 1, y.Shape[^1])) : y;

    /// <summary>Means of square windows, padding counted.</summary>
    public virtual Variable AvgPool2d(Variable x, int kernel, int stride, int padding) => Functions.AvgPool2d(x, kernel, stride, padding);

    /// <summary>2-norms of square windows side by side.</summary>
    public virtual Variable LpPool2d(Variable x, int kernel) => Functions.NormPool2d(x, kernel);

    /// <summary>The greatest of each plane.</summary>
    public virtual Variable GlobalMax(Variable x) => x.Max(2, 3);

    /// <summary>A 4×4 plane's four quarters by a maximum over axes.</summary>
    public virtual Variable ReshapeMax(Variable x) => x.Reshape(new Shape(2, 2, 2, 2)).Max(1, 3);

    /// <summary>max(x, 0) as a pooling window of two.</summary>
    public virtual Variable ReluByPool(Variable x) => MaxByPool(x, Full(x, 0));

    /// <summary>max(x, y) as a pooling window of two.</summary>
    public virtual Variable MaxByPool(Variable x, Variable y) => MaxPool1d(StackLast([x, y]).Reshape(new Shape(1, 1, 2 * x.Shape[0])), 2, 2).Reshape(x.Shape);
}
