namespace Nonsmooth.Files;

/// <summary>What a path leads to.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A file with a length.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe: opening it waits for a writer, and it has no length.</summary>
    Pipe,

    /// <summary>A device, as <c>/dev/zero</c>: it may have no end.</summary>
    Device,

    /// <summary>A socket.</summary>
    Socket,
}
