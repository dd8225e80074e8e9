using System.Reflection.Emit;
using System.Runtime.Intrinsics.X86;

namespace Nonsmooth.Compiled;

/// <summary>The instructions of .NET for the steps of a tape, on one number or on a vector of them.</summary>
/// <remarks>One number is a number of .NET between steps, and the lowest of a vector in comparisons and choices, which do not branch.</remarks>
internal sealed class LaneCode
{
    private readonly Type _element;
    private readonly bool _scalar;
    private readonly LaneMethods _methods;

    /// <summary>Makes the instructions of a format.</summary>
    /// <param name="element">double or float.</param>
    /// <param name="width">How many numbers at once: 1, or as many as fill 256 or 512 bits.</param>
    /// <param name="spread">Whether a number of the memory is as many, one a lane; else vectors lie along the memory.</param>
    public LaneCode(Type element, int width, bool spread = true)
    {
        int size = element == typeof(double) ? 8 : 4;
        (_element, Width, _scalar) = (element, width, width == 1);
        _methods = new LaneMethods(element, width);
        Vector = _methods.Vector;
        Value = _scalar ? element : Vector;
        Step = width * size;
        Bytes = spread ? Step : size;
    }

    /// <summary>How many numbers at once.</summary>
    public int Width { get; }

    /// <summary>How far one number, or vector, is from the next in memory.</summary>
    public int Bytes { get; }

    /// <summary>How many bytes go through a step at once.</summary>
    public int Step { get; }

    /// <summary>The type of a real between steps.</summary>
    public Type Value { get; }

    /// <summary>The type of a mask.</summary>
    public Type Vector { get; }

    /// <summary>Makes a real on the stack a double.</summary>
    public void Widen(ILGenerator il)
    {
        if (_element == typeof(float))
        {
            il.Emit(OpCodes.Conv_R8);
        }
    }

    /// <summary>Makes a double on the stack a real.</summary>
    public void Narrow(ILGenerator il)
    {
        if (_element == typeof(float))
        {
            il.Emit(OpCodes.Conv_R4);
        }
    }

    /// <summary>Sines of the vector on the stack, with the cosines in a local.</summary>
    public void Both(ILGenerator il, LocalBuilder cosine)
    {
        il.Emit(OpCodes.Ldloca, cosine);
        il.Emit(OpCodes.Call, LaneMathematics.BothMethod(Vector));
    }

    public void Constant(ILGenerator il, double number)
    {
        if (_element == typeof(double))
        {
            il.Emit(OpCodes.Ldc_R8, number);
        }
        else
        {
            il.Emit(OpCodes.Ldc_R4, (float)number);
        }

        if (!_scalar)
        {
            il.Emit(OpCodes.Call, _methods.Wrap);
        }
    }

    public void Address(ILGenerator il, int address)
    {
        il.Emit(OpCodes.Ldarg_0);
        if (address != 0)
        {
            il.Emit(OpCodes.Ldc_I4, checked(address * Bytes));
            il.Emit(OpCodes.Conv_I);
            il.Emit(OpCodes.Add);
        }
    }

    public void Load(ILGenerator il, bool mask)
    {
        il.Emit(OpCodes.Ldobj, Value);
        if (mask)
        {
            Wrap(il);
        }
    }

    public void Store(ILGenerator il, bool mask)
    {
        if (mask)
        {
            Unwrap(il);
        }

        il.Emit(OpCodes.Stobj, Value);
    }

    /// <summary>Leaves a step's value.</summary>
    /// <param name="il">Where to.</param>
    /// <param name="step">The step.</param>
    /// <param name="steps">Tells an operand's step.</param>
    /// <param name="push">Called once for each operand.</param>
    /// <param name="scratch">Locals of vectors that nobody reads.</param>
    public void Emit(ILGenerator il, in TapeStep step, Func<int, TapeStep> steps, Action<int> push, Stack<LocalBuilder> scratch)
    {
        switch (step.Code)
        {
            case TapeCode.Max or TapeCode.Min:
                Extremum(il, step, steps(step.A), push, scratch);
                break;
            case TapeCode.Select:
                Choice(il, step, steps(step.B), steps(step.C), push);
                break;
            case TapeCode.Unordered:
                Lifted(il, step.A, push);
                il.Emit(OpCodes.Call, _methods.Of(TapeCode.Unordered));
                break;
            case TapeCode.Less or TapeCode.LessEqual or TapeCode.Equal:
                Lifted(il, step.A, push);
                Lifted(il, step.B, push);
                il.Emit(OpCodes.Call, _methods.Of(step.Code));
                break;
            case TapeCode.And or TapeCode.Or or TapeCode.Not:
                push(step.A);
                if (step.Code != TapeCode.Not)
                {
                    push(step.B);
                }

                il.Emit(OpCodes.Call, _methods.Of(step.Code));
                break;
            case TapeCode.Weighted:
                Weighted(il, step, push);
                break;
            default:
                push(step.A);
                if (step.Operands == 2)
                {
                    push(step.B);
                }

                Arithmetic(il, step.Code);
                break;
        }
    }

    private void Arithmetic(ILGenerator il, TapeCode code)
    {
        OpCode? plain = !_scalar ? null : code switch
        {
            TapeCode.Add => OpCodes.Add,
            TapeCode.Subtract => OpCodes.Sub,
            TapeCode.Multiply => OpCodes.Mul,
            TapeCode.Divide => OpCodes.Div,
            TapeCode.Negate => OpCodes.Neg,
            _ => null,
        };
        if (plain is { } instruction)
        {
            il.Emit(instruction);
            return;
        }

        if (code == TapeCode.Negate)
        {
            Constant(il, -0.0);
        }

        // In f32 a function of one number is that of f64, rounded.
        var method = _methods.Of(code);
        bool narrows = _scalar && _element == typeof(float) && method.ReturnType == typeof(double);
        if (narrows && method.GetParameters().Length == 1)
        {
            il.Emit(OpCodes.Conv_R8);
        }

        il.Emit(OpCodes.Call, method);
        if (narrows)
        {
            il.Emit(OpCodes.Conv_R4);
        }
    }

    private void Extremum(ILGenerator il, in TapeStep step, in TapeStep left, Action<int> push, Stack<LocalBuilder> scratch)
    {
        // The machine's own maximum is the second operand where either is not a number or both are zeros.
        bool own = Sse2.IsSupported;
        Lifted(il, step.A, push);
        Lifted(il, step.B, push);
        if (!own || left.Code != TapeCode.Constant)
        {
            var (a, b) = (Scratch(il, scratch), Scratch(il, scratch));
            il.Emit(OpCodes.Stloc, b);
            il.Emit(OpCodes.Stloc, a);
            il.Emit(OpCodes.Ldloc, a);
            il.Emit(OpCodes.Call, _methods.Of(TapeCode.Unordered));
            if (!own)
            {
                il.Emit(OpCodes.Ldloc, step.Code == TapeCode.Max ? b : a);
                il.Emit(OpCodes.Ldloc, step.Code == TapeCode.Max ? a : b);
                il.Emit(OpCodes.Call, _methods.Of(TapeCode.Less));
                il.Emit(OpCodes.Call, _methods.Of(TapeCode.Or));
            }
            else
            {
                il.Emit(OpCodes.Ldloc, a);
            }

            il.Emit(OpCodes.Ldloc, a);
            il.Emit(OpCodes.Ldloc, b);
            scratch.Push(a);
            scratch.Push(b);
        }

        if (own)
        {
            il.Emit(OpCodes.Call, _methods.Of(step.Code));
        }

        if (!own || left.Code != TapeCode.Constant)
        {
            il.Emit(OpCodes.Call, _methods.Choose);
        }

        Unwrap(il);
    }

    private LocalBuilder Scratch(ILGenerator il, Stack<LocalBuilder> scratch) => scratch.TryPop(out var local) ? local : il.DeclareLocal(Vector);

    private void Choice(ILGenerator il, in TapeStep step, in TapeStep yes, in TapeStep no, Action<int> push)
    {
        if (IsZero(yes))
        {
            Lifted(il, step.C, push);
            push(step.A);
            il.Emit(OpCodes.Call, _methods.AndNot);
        }
        else if (IsZero(no))
        {
            push(step.A);
            Lifted(il, step.B, push);
            il.Emit(OpCodes.Call, _methods.Of(TapeCode.And));
        }
        else
        {
            push(step.A);
            Lifted(il, step.B, push);
            Lifted(il, step.C, push);
            il.Emit(OpCodes.Call, _methods.Choose);
        }

        Unwrap(il);

        static bool IsZero(in TapeStep s) => s.Code == TapeCode.Constant && BitConverter.DoubleToInt64Bits(s.Number) == 0;
    }

    private void Weighted(ILGenerator il, in TapeStep step, Action<int> push)
    {
        push(step.A);
        if (_element == typeof(double))
        {
            Constant(il, step.Number);
            Arithmetic(il, TapeCode.Multiply);
        }
        else if (_scalar)
        {
            il.Emit(OpCodes.Conv_R8);
            il.Emit(OpCodes.Ldc_R8, step.Number);
            il.Emit(OpCodes.Mul);
            il.Emit(OpCodes.Conv_R4);
        }
        else
        {
            il.Emit(OpCodes.Ldc_R8, step.Number);
            il.Emit(OpCodes.Call, _methods.Of(TapeCode.Weighted));
        }
    }

    private void Lifted(ILGenerator il, int operand, Action<int> push)
    {
        push(operand);
        Wrap(il);
    }

    private void Wrap(ILGenerator il)
    {
        if (_scalar)
        {
            il.Emit(OpCodes.Call, _methods.Wrap);
        }
    }

    private void Unwrap(ILGenerator il)
    {
        if (_scalar)
        {
            il.Emit(OpCodes.Call, _methods.Unwrap);
        }
    }
}
