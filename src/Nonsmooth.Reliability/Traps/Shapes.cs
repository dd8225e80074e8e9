using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Reliability.Traps;

/// <summary>What values of a program are made of: the forms that several rules look for.</summary>
internal sealed class Shapes(Program program)
{
    private readonly Node?[] _makers = Makers(program);

    /// <summary>The node that makes a value; null for an input.</summary>
    public Node? Maker(int value) => _makers[value];

    /// <summary>The value that another repeats or rearranges: broadcasts, reshapes, transposes and zeros added taken off.</summary>
    public int Bare(int value)
    {
        while (_makers[value] is { Function: Broadcast or Reshape or Transpose or Unary<AddConstant> { Rule.Constant: 0 } } node)
        {
            value = node.Arguments[0];
        }

        return value;
    }

    /// <summary>Whether a value is a rule of one variable applied to another value.</summary>
    public bool Is<TRule>(int value, out int argument)
        where TRule : struct, IUnary, IEquatable<TRule> => Is<TRule>(value, out argument, out _);

    /// <summary>The same with the rule's attributes.</summary>
    public bool Is<TRule>(int value, out int argument, out TRule rule)
        where TRule : struct, IUnary, IEquatable<TRule>
    {
        var node = _makers[Bare(value)];
        bool found = node?.Function is Unary<TRule>;
        rule = found ? ((Unary<TRule>)node!.Function).Rule : default;
        argument = found ? Bare(node!.Arguments[0]) : -1;
        return found;
    }

    /// <summary>Whether a value is a rule of two variables applied to two others.</summary>
    public bool IsPair<TRule>(int value, out int left, out int right)
        where TRule : struct, IBinary, IEquatable<TRule>
    {
        var node = _makers[Bare(value)];
        bool found = node?.Function is Binary<TRule>;
        (left, right) = found ? (Bare(node!.Arguments[0]), Bare(node.Arguments[1])) : (-1, -1);
        return found;
    }

    /// <summary>Whether a value is another's square.</summary>
    public bool IsSquare(int value, out int root) =>
        Is<Square>(value, out root)
        || (IsPair<Multiply>(value, out root, out int other) && root == other)
        || (Is<PowConstant>(value, out root, out var power) && power.Exponent == 2);

    /// <summary>Whether a value is a sum or mean, maybe scaled, over some axes of another.</summary>
    public bool IsTotal(int value, out int terms)
    {
        value = Is<MultiplyConstant>(value, out int scaled) ? scaled : Bare(value);
        terms = _makers[value] is { Function: Sum or Mean } node ? Bare(node.Arguments[0]) : -1;
        return terms >= 0;
    }

    /// <summary>Whether a value is a sum, mean or dot product of another's squares.</summary>
    public bool IsSumOfSquares(int value, out int vector)
    {
        if (IsTotal(value, out int squares))
        {
            return IsSquare(squares, out vector);
        }

        vector = _makers[Bare(value)] is { Function: Dot } dot && dot.Arguments[0] == dot.Arguments[1] ? Bare(dot.Arguments[0]) : -1;
        return vector >= 0;
    }

    /// <summary>Whether a value is another minus its mean.</summary>
    public bool IsCentred(int value, out int whole) =>
        (IsPair<Subtract>(value, out whole, out int mean) && IsTotal(mean, out int averaged) && averaged == whole)
        || (IsPair<Add>(value, out whole, out int negated) && Is<Negate>(negated, out mean) && IsTotal(mean, out averaged) && averaged == whole);

    /// <summary>Whether a value is the variance of another: a mean of squares about its mean.</summary>
    public bool IsVariance(int value, out int whole)
    {
        whole = -1;
        return IsSumOfSquares(value, out int centred) && IsCentred(centred, out whole);
    }

    /// <summary>Whether a value is a 2-norm, the dictionary's or by hand, an epsilon added or not.</summary>
    public bool IsNorm(int value, out int vector)
    {
        value = Bare(value);
        while (Is<AddConstant>(value, out int inner) || Is<Clamp>(value, out inner))
        {
            value = inner;
        }

        if (IsPair<Maximum>(value, out int first, out int second))
        {
            return IsNorm(first, out vector) || IsNorm(second, out vector);
        }

        vector = _makers[value] is { Function: Norm { Order: 2 } } norm ? Bare(norm.Arguments[0]) : -1;
        return vector >= 0 || (Is<Sqrt>(value, out int sum) && IsSumOfSquares(sum, out vector));
    }

    /// <summary>Whether a value is an exponential, or a sum that has one as a term.</summary>
    public bool HasExponential(int value) =>
        Is<Exp>(value, out _)
        || (Is<AddConstant>(value, out int inner) && HasExponential(inner))
        || (IsTotal(value, out int terms) && HasExponential(terms))
        || (IsPair<Add>(value, out int left, out int right) && (HasExponential(left) || HasExponential(right)));

    private static Node?[] Makers(Program program)
    {
        var makers = new Node?[program.Types.Count];
        foreach (var node in program.Nodes)
        {
            foreach (int result in node.Results)
            {
                makers[result] = node;
            }
        }

        return makers;
    }
}
