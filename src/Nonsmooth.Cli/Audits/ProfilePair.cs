using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Audits;

/// <summary>Two profiles as users name them together.</summary>
internal static class ProfilePair
{
    /// <summary>The profiles of <c>A,B</c>; anything else is bad usage.</summary>
    public static (Profile A, Profile B) Read(string names, ToolContext context)
    {
        string[] pair = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return pair.Length == 2
            ? (UsageException.Read(() => Find(pair[0], context)), UsageException.Read(() => Find(pair[1], context)))
            : throw new UsageException($"--profiles is '{names}': give two names with a comma between, as {Profile.LibTorch.Name},{Profile.Jax.Name}, or recordings of engines (*{RecordingFile.Ending})");
    }

    // A recording as a profile: the selection that comes closest to it.
    private static Profile Find(string name, ToolContext context)
    {
        if (!RecordingFile.IsOne(name))
        {
            return Profile.Find(name);
        }

        var recorded = Selection.FromRecording(Path.GetFullPath(name, context.Folder));
        var recording = recorded.Recording;
        context.Error.WriteLine($"nonsmooth: {name}: the closest selection gives the gradients of {recorded.Explained.Count} of {recorded.Explained.Count + recorded.Unexplained.Count} spellings");
        return new Profile(recording.Name, $"{recording.Engine} {recording.Version}", $"recorded: {name}", recorded.Selection);
    }
}
