using System.Text;
using Nonsmooth.Data.Files;
using Nonsmooth.Files;

namespace Nonsmooth.Data;

/// <summary>The image files of a folder: <c>train/CLASS/NAME</c> and <c>val/CLASS/NAME</c> or <c>test/CLASS/NAME</c>, by class and name.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="ClassNames">The folders in <c>train</c>, in ordinal order.</param>
/// <param name="Train">The files to learn from.</param>
/// <param name="Test">The files to judge by.</param>
internal sealed record FolderListing(string Folder, IReadOnlyList<string> ClassNames, IReadOnlyList<FolderFile> Train, IReadOnlyList<FolderFile> Test)
{
    private static readonly string[] TestHalves = ["val", "test"];
    private static readonly string[] Endings = [".JPG", ".JPEG", ".PNG"];

    /// <summary>What the files are, in words that change with any file's name, length, time or change.</summary>
    public string Identity
    {
        get
        {
            var state = Checksum.Start;
            foreach (var file in Train.Concat(Test))
            {
                state = Checksum.Append(state, Encoding.UTF8.GetBytes($"{Path.GetRelativePath(Folder, file.Path)} {file.Length} {file.Stamp}\n"));
            }

            return $"{Folder} {Train.Count} {Test.Count} {Checksum.Finish(state):x8}";
        }
    }

    /// <summary>Lists a folder; no file is read.</summary>
    /// <exception cref="NonsmoothException">It cannot be listed, lacks a half, or a test class is not one of training.</exception>
    public static FolderListing Of(string folder)
    {
        try
        {
            var train = new DirectoryInfo(Path.Combine(folder, "train"));
            var test = TestHalves.Select(name => new DirectoryInfo(Path.Combine(folder, name))).FirstOrDefault(half => half.Exists);
            if (!train.Exists || test is null)
            {
                throw new NonsmoothException($"'{folder}' has no folder {(train.Exists ? "val or test" : "train")}: put images in train/CLASS/NAME.jpg and val/CLASS/NAME.jpg");
            }

            string[] classes = [.. train.EnumerateDirectories().Select(d => d.Name).Order(StringComparer.Ordinal)];
            var stranger = test.EnumerateDirectories().Select(d => d.Name).Order(StringComparer.Ordinal).FirstOrDefault(name => !classes.Contains(name));
            if (stranger is not null || classes.Length > ushort.MaxValue)
            {
                throw new NonsmoothException(stranger is null
                    ? $"'{train.FullName}' has {classes.Length} classes: give at most {ushort.MaxValue}"
                    : $"'{test.FullName}' has the class '{stranger}', which '{train.FullName}' has not: add it there, or take it out");
            }

            return new FolderListing(folder, classes, Files(train, classes), Files(test, classes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PackedFile.Unreadable(folder, e);
        }
    }

    // The time of writing can be set back, that of the last change cannot.
    private static string StampOf(FileInfo file)
    {
        var stamp = InputFile.Check(file.FullName, "image");
        return FormattableString.Invariant($"{stamp.Written} {stamp.Changed}");
    }

    private static List<FolderFile> Files(DirectoryInfo half, string[] classes)
    {
        var files = new List<FolderFile>();
        for (int label = 0; label < classes.Length; label++)
        {
            var folder = new DirectoryInfo(Path.Combine(half.FullName, classes[label]));
            if (folder.Exists)
            {
                files.AddRange(folder.EnumerateFiles()
                    .Where(file => file.Name[0] != '.' && Endings.Contains(file.Extension.ToUpperInvariant()))
                    .OrderBy(file => file.Name, StringComparer.Ordinal)
                    .Select(file => new FolderFile(file.FullName, (ushort)label, file.Length, StampOf(file))));
            }
        }

        return files.Count > 0 ? files : throw new NonsmoothException($"'{half.FullName}' has no image CLASS/NAME.jpg or png: add some");
    }
}
