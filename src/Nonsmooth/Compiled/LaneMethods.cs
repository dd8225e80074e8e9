using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nonsmooth.Compiled;

/// <summary>The methods of .NET that do what the steps of a tape do, on one number or on a vector of them.</summary>
internal sealed class LaneMethods
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static;

    private readonly Type _element;
    private readonly bool _scalar;
    private readonly int _step;
    private readonly Type _holder;
    private readonly Dictionary<TapeCode, MethodInfo> _methods = [];

    /// <summary>Finds the methods of a format.</summary>
    /// <param name="element">double or float.</param>
    /// <param name="width">How many numbers at once: 1, or as many as fill 256 or 512 bits.</param>
    public LaneMethods(Type element, int width)
    {
        (_element, _scalar, _step) = (element, width == 1, width * (element == typeof(double) ? 8 : 4));
        (_holder, var open) = _step switch
        {
            32 => (typeof(Vector256), typeof(Vector256<>)),
            64 => (typeof(Vector512), typeof(Vector512<>)),
            _ => (typeof(Vector128), typeof(Vector128<>)),
        };
        Vector = open.MakeGenericType(element);
        Wrap = _holder.GetMethod(_scalar ? "CreateScalarUnsafe" : "Create", Public, [element])!;
        Unwrap = Generic("ToScalar", 1);
        Choose = Generic("ConditionalSelect", 3);
        AndNot = Generic("AndNot", 2);
    }

    /// <summary>The type of a vector.</summary>
    public Type Vector { get; }

    /// <summary>A vector of a number.</summary>
    public MethodInfo Wrap { get; }

    /// <summary>The lowest number of a vector.</summary>
    public MethodInfo Unwrap { get; }

    /// <summary>By a mask, one vector's bits or another's.</summary>
    public MethodInfo Choose { get; }

    /// <summary>A vector's bits where a mask has none.</summary>
    public MethodInfo AndNot { get; }

    /// <summary>The method of a step's operation.</summary>
    public MethodInfo Of(TapeCode code)
    {
        if (!_methods.TryGetValue(code, out var method))
        {
            _methods.Add(code, method = Find(code));
        }

        return method;
    }

    private MethodInfo Find(TapeCode code)
    {
        switch (code)
        {
            case TapeCode.Less:
                return Generic("LessThan", 2);
            case TapeCode.LessEqual:
                return Generic("LessThanOrEqual", 2);
            case TapeCode.Equal:
                return Generic("Equals", 2);
            case TapeCode.Unordered:
                return Generic("IsNaN", 1);
            case TapeCode.And:
                return Generic("BitwiseAnd", 2);
            case TapeCode.Or:
                return Generic("BitwiseOr", 2);
            case TapeCode.Not:
                return Generic("OnesComplement", 1);
            case TapeCode.Max or TapeCode.Min:
                var instructions = _scalar || _step == 16 ? typeof(Sse2) : _step == 32 ? typeof(Avx) : typeof(Avx512F);
                string name = _scalar ? $"{code}Scalar" : $"{code}";
                return (instructions.GetMethod(name, Public, [Vector, Vector]) ?? typeof(Sse).GetMethod(name, Public, [Vector, Vector]))!;
        }

        if (_scalar)
        {
            return code is TapeCode.Abs or TapeCode.Sqrt or TapeCode.Floor or TapeCode.Round
                ? (_element == typeof(double) ? typeof(Math) : typeof(MathF)).GetMethod(code.ToString(), Public, [_element])!
                : LaneMathematics.Method(code, _element);
        }

        return code switch
        {
            TapeCode.Add or TapeCode.Subtract or TapeCode.Multiply or TapeCode.Divide => Generic(code.ToString(), 2),
            TapeCode.Negate => Generic("Xor", 2),
            TapeCode.Abs or TapeCode.Sqrt => Generic(code.ToString(), 1),
            TapeCode.Floor or TapeCode.Round => _holder.GetMethod(code.ToString(), Public, [Vector])!,
            _ => LaneMathematics.Method(code, Vector),
        };
    }

    // A method of vectors alone.
    private MethodInfo Generic(string name, int parameters)
    {
        foreach (var method in _holder.GetMethods(Public))
        {
            if (method.Name == name && method.IsGenericMethodDefinition && method.GetParameters().Length == parameters)
            {
                var made = method.MakeGenericMethod(_element);
                if (Array.TrueForAll(made.GetParameters(), p => p.ParameterType == Vector))
                {
                    return made;
                }
            }
        }

        throw new MissingMethodException(_holder.Name, name);
    }
}
