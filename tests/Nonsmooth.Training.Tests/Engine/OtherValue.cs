using Nonsmooth.Settings;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>A value of a setting other than the one it has, made from its declaration alone: what tests of all settings change them to.</summary>
internal static class OtherValue
{
    /// <summary>The text of one.</summary>
    public static string Of(Setting setting, string? now)
    {
        string[] made = setting.IsSwitch ? ["true", "false"] : setting.IsLiteral ? ["0.5", "3", "0.25", "2"] : [.. setting.Names];
        string[] all = setting.Example is { } example ? [example, .. made] : made;
        return Array.Find(all, text => text != now && Allowed(text))
            ?? throw new InvalidOperationException($"'{setting.Key}' has no other value that is easily made up: give its declaration an Example");

        bool Allowed(string text)
        {
            try
            {
                setting.CheckText(text);
                return true;
            }
            catch (NonsmoothException)
            {
                return false;
            }
        }
    }
}
