using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Small pieces that rows are written with, on libtorch's side and on the dictionary's.</summary>
internal static class Spelling
{
    /// <summary>An operator without further arguments.</summary>
    public static Func<AutogradTensor, AutogradTensor> Op(string name) => x => x.Call(name, "");

    /// <summary>An operator with numbers, by its C++ symbol.</summary>
    public static Func<AutogradTensor, AutogradTensor> Scalars(string name, params double[] scalars) => x => x.CallScalars(name, scalars);

    /// <summary>One coordinate.</summary>
    public static AutogradTensor At(this AutogradTensor x, int index) => x.Call("select", "int", 0, index);

    /// <summary>a + b: the operator itself takes a scalar, which the C interface refuses.</summary>
    public static AutogradTensor Plus(this AutogradTensor a, AutogradTensor b) => a.CallList("stack", [b], 0)
        .Call("sum", "dim_IntList", AutogradArgument.SomeList(0), false, AutogradArgument.None);

    /// <summary>x reshaped.</summary>
    public static AutogradTensor Shaped(this AutogradTensor x, params long[] sizes) => x.Call("view", "", AutogradArgument.List(sizes));

    /// <summary>A constant of the shape of a point with one coordinate.</summary>
    public static AutogradTensor One(this AutogradTensor x, double value) => x.Constant([value], 1);

    /// <summary>One coordinate of a program's point.</summary>
    public static Variable At(this Variable x, int index) => x.Slice(0, index, index + 1);

    /// <summary>A constant of the same shape.</summary>
    public static Variable Same(this Variable x, double value) => x.Builder.Apply(new Fill(x.Shape, value));

    /// <summary>A function of two coordinates of a program's point.</summary>
    public static Func<Variable, Variable> Two(Func<Variable, Variable, Variable> function) => x => function(x.At(0), x.At(1));
}
