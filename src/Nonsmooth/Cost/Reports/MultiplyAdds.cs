namespace Nonsmooth.Cost;

/// <summary>Multiply-adds of products and convolutions: one is two floating-point operations.</summary>
/// <param name="Dense">Every tap counted, those on padding too: what most tools print.</param>
/// <param name="Effective">Only the taps that fall inside the plane: what is computed.</param>
public readonly record struct MultiplyAdds(long Dense, long Effective)
{
    /// <summary>None.</summary>
    public static MultiplyAdds Zero => default;

    /// <summary>The sum.</summary>
    public static MultiplyAdds operator +(MultiplyAdds left, MultiplyAdds right) =>
        new(checked(left.Dense + right.Dense), checked(left.Effective + right.Effective));
}
