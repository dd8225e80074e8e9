using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>A tensor that libtorch's autograd records; alive during the measurement that made it.</summary>
public sealed class AutogradTensor
{
    private const string Scalar = "RKN3c106ScalarE";

    // The second and later ones are written as a reference back.
    private const string AnotherScalar = "S8_";

    private readonly AutogradScope _scope;

    internal AutogradTensor(AutogradScope scope, TensorHandle handle) => (_scope, Handle) = (scope, handle);

    internal TensorHandle Handle { get; }

    /// <summary>Calls an operator of libtorch through its dispatcher, this tensor as the first argument.</summary>
    /// <param name="name">The operator, such as <c>maximum</c>.</param>
    /// <param name="overload">Its overload, empty for the plain one.</param>
    /// <param name="rest">Every further argument of the schema; see <see cref="AutogradArgument"/>.</param>
    /// <returns>The first result.</returns>
    /// <exception cref="LibTorchException">libtorch refused, with its reason.</exception>
    public AutogradTensor Call(string name, string overload, params ReadOnlySpan<AutogradArgument> rest) =>
        CallMany(name, overload, 1, rest)[0];

    /// <summary>Calls an operator with several results.</summary>
    public IReadOnlyList<AutogradTensor> CallMany(string name, string overload, int results, params ReadOnlySpan<AutogradArgument> rest)
    {
        var stack = new ulong[Math.Max(results, rest.Length + 1)];
        stack[0] = Slot.Of(Handle);
        for (int i = 0; i < rest.Length; i++)
        {
            stack[i + 1] = rest[i].Encode();
        }

        Dispatcher.Call(OperatorNames.Of(name, overload), stack);
        return [.. stack.Take(results).Select(slot => _scope.Keep(new TensorHandle((nint)slot)))];
    }

    /// <summary>Calls an operator that stacks or joins tensors: a list that begins with this one, and an axis.</summary>
    public AutogradTensor CallList(string name, IReadOnlyList<AutogradTensor> others, long axis)
    {
        TensorHandle[] all = [Handle, .. others.Select(o => o.Handle)];
        ulong[] stack = [Slot.Of(all), Slot.Of(axis)];
        return _scope.Keep(Dispatcher.Call1(OperatorNames.Of(name, ""), stack));
    }

    /// <summary>Calls an operator whose further arguments are numbers of schema type <c>Scalar</c>, by its C++ symbol.</summary>
    /// <param name="name">The operator and overload as the symbol writes them: <c>leaky_relu</c>, <c>norm_Scalar</c>.</param>
    /// <param name="scalars">The numbers, in order.</param>
    /// <exception cref="NonsmoothException">This libtorch has no such symbol.</exception>
    public AutogradTensor CallScalars(string name, params IReadOnlyList<double> scalars) =>
        CallSymbol(name, Scalar + string.Concat(scalars.Skip(1).Select(static _ => AnotherScalar)), [.. scalars.Cast<object>()]);

    /// <summary>Calls an operator by its C++ symbol, for what the C interface refuses.</summary>
    /// <param name="name">The operator and overload as the symbol writes them.</param>
    /// <param name="types">The mangled types after the first tensor.</param>
    /// <param name="arguments">At most six: tensors, doubles (each a <c>Scalar</c>), longs, null for an absent optional.</param>
    /// <exception cref="NonsmoothException">This libtorch has no such symbol.</exception>
    public AutogradTensor CallSymbol(string name, string types, params IReadOnlyList<object?> arguments) => _scope.Keep(
        ScalarSymbols.Call(name, types, Handle, [.. arguments.Select(static a => a is AutogradTensor t ? t.Handle : a)]));

    /// <summary>A tensor of constants in the same measurement and its format, not differentiated.</summary>
    public AutogradTensor Constant(ReadOnlySpan<double> values, params ReadOnlySpan<long> sizes) => _scope.Constant(values, sizes);

    /// <summary>A tensor of whole numbers, such as classes.</summary>
    public AutogradTensor Whole(ReadOnlySpan<long> values, params ReadOnlySpan<long> sizes) =>
        _scope.Keep(TensorFactory.FromBytes(MemoryMarshal.AsBytes(values), sizes, TorchDtype.Int64, Device.Cpu));

    /// <summary>The format of the elements.</summary>
    public TorchDtype Dtype => Handle.Dtype;

    /// <summary>The sizes of the axes.</summary>
    public IReadOnlyList<long> Sizes => [.. Handle.Sizes];

    /// <summary>The elements, row-major.</summary>
    internal double[] ToArray()
    {
        var wide = Handle.Dtype == TorchDtype.Float64 ? Handle : TensorFactory.Empty(Handle.Sizes, TorchDtype.Float64, Device.Cpu);
        if (wide.Value != Handle.Value)
        {
            TensorFactory.Copy(wide, Handle);
            _scope.Keep(wide);
        }

        var values = new double[Handle.ElementCount];
        TensorFactory.CopyTo(wide, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
