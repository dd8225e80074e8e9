namespace Nonsmooth.Docs.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">Its lines.</param>
/// <param name="Line">The number of the line with the fence, from 1.</param>
/// <param name="Notes">The comments before it, hidden from readers: how a test takes it.</param>
/// <param name="Follows">Whether nothing but comments stands between it and the block before.</param>
internal sealed record Block(string Language, string Text, int Line, IReadOnlyList<string> Notes, bool Follows)
{
    /// <summary>What a note says behind its key, as <c>not run: it takes an hour</c>; null without such a note.</summary>
    public string? Note(string key) => Notes.FirstOrDefault(n => n.StartsWith(key, StringComparison.Ordinal))?[key.Length..].TrimStart(':', ' ');
}
