using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Resolves entries by name in the loaded libraries and remembers which are missing.</summary>
internal sealed class EntryTable(params nint[] libraries)
{
    private readonly List<string> _missing = [];

    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The entry's address; a missing one is remembered and named by the start-up check.</summary>
    public nint Required(string name)
    {
        var address = Optional(name);
        if (address == 0)
        {
            _missing.Add(name);
        }

        return address;
    }

    /// <summary>The entry's address, or 0 where the library has none.</summary>
    public nint Optional(string name)
    {
        foreach (var library in libraries)
        {
            if (NativeLibrary.TryGetExport(library, name, out var address))
            {
                return address;
            }
        }

        return 0;
    }
}
