using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>Whether each of some classes is the index: indices of any shape, one axis more.</summary>
    public static Variable OneHot(Variable index, int classes)
    {
        ArgumentNullException.ThrowIfNull(index);
        var range = index.Builder.Constant(Tensor.Generate(new Shape(classes), i => (long)i));
        return Equal(index.Reshape(index.Shape.Concat(new Shape(1))), range);
    }
}
