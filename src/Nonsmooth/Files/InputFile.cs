using System.Text;

namespace Nonsmooth.Files;

/// <summary>Opens files that a user named: pipes, devices and files that are longer than they may be are refused before a byte is read.</summary>
public static class InputFile
{
    /// <summary>Refuses what is there but no file with a length.</summary>
    /// <param name="path">The path; one that leads nowhere is left to whoever opens it.</param>
    /// <param name="what">What an error calls it, as in <c>recipe</c>; may be empty.</param>
    /// <param name="most">The most bytes it may have.</param>
    /// <returns>What the system says of it.</returns>
    /// <exception cref="NonsmoothException">It is a folder, a pipe, a device or a socket, or longer: the message names it, and the limit.</exception>
    public static FileStamp Check(string path, string what, long most = long.MaxValue)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new NonsmoothException($"{Named(path, what)} is no path: give a file");
        }

        var stamp = FileStamp.Of(path);
        if (stamp.Kind is not (FileKind.File or FileKind.Missing))
        {
            throw new NonsmoothException($"{Named(path, what)} cannot be read: it is a {stamp.Kind.ToString().ToLowerInvariant()}, not a file; give a file");
        }

        return stamp.Length <= most
            ? stamp
            : throw new NonsmoothException($"{Named(path, what)} has {stamp.Length} bytes, more than the {most} it may have: give a shorter one");
    }

    /// <summary>The bytes of a file.</summary>
    /// <inheritdoc cref="Check" path="/param"/>
    /// <exception cref="NonsmoothException">As <see cref="Check"/>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path, string what, long most)
    {
        long length = Check(path, what, most).Length;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        using var content = new MemoryStream((int)Math.Min(length, Array.MaxLength));
        var block = new byte[1 << 16];

        // Files of the system say that they are empty, and one may grow while it is read.
        for (int read = file.Read(block); read > 0; read = file.Read(block))
        {
            content.Write(block, 0, read);
            if (content.Length > most)
            {
                throw new NonsmoothException($"{Named(path, what)} has more than the {most} bytes it may have: give a shorter one");
            }
        }

        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    /// <summary>The text of a file: UTF-8, or what its byte order mark says.</summary>
    /// <inheritdoc cref="Check" path="/param"/>
    /// <exception cref="NonsmoothException">As <see cref="Check"/>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string ReadText(string path, string what, long most)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(path, what, most)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Named(string path, string what) => what.Length > 0 ? $"{what} '{path}'" : $"'{path}'";
}
