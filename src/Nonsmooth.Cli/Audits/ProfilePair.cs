using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Audits;

/// <summary>Two profiles as users name them together.</summary>
internal static class ProfilePair
{
    /// <summary>The profiles of <c>A,B</c>; anything else is bad usage.</summary>
    public static (Profile A, Profile B) Read(string names)
    {
        string[] pair = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return pair.Length == 2
            ? (UsageException.Read(() => Profile.Find(pair[0])), UsageException.Read(() => Profile.Find(pair[1])))
            : throw new UsageException($"--profiles is '{names}': give two names with a comma between; they are {string.Join(", ", Profile.All.Select(p => p.Name))}");
    }
}
