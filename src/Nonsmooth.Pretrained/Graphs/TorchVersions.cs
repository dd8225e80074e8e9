using System.Globalization;
using Nonsmooth.Selections;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>What versions of PyTorch take at kinks.</summary>
public static class TorchVersions
{
    /// <summary>The convention of a version.</summary>
    /// <param name="version">As archives have it, <c>2.13.0+cpu</c>; what cannot be read is taken for an old one.</param>
    public static Preset Convention(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        string[] parts = version.Split('.', '+');
        bool isNext = parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor) && (major, minor).CompareTo((2, 14)) >= 0;
        return Presets.Find(isNext ? "libtorch-2.14" : "libtorch-2.10");
    }
}
