namespace Nonsmooth.Conservativity;

/// <summary>A smooth path, for times from 0 to 1.</summary>
internal interface IPath
{
    /// <summary>The point at a time.</summary>
    double[] At(double time);

    /// <summary>The velocity at a time.</summary>
    double[] Velocity(double time);
}
