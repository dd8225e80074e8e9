namespace Nonsmooth.Optimizers;

/// <summary>Refuses slots that would be updated twice or could not be told apart.</summary>
internal static class SlotCheck
{
    public static ParameterSlot[] Copy(IReadOnlyList<ParameterSlot> slots)
    {
        var copy = slots.ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ParameterSlot slot in copy)
        {
            if (string.IsNullOrEmpty(slot.Name) || !names.Add(slot.Name))
            {
                throw new NonsmoothException($"parameter '{slot.Name}' has an empty name or one used twice: give every slot its own");
            }

            if (slot.Length < 0 || (slot.Length > 0 && slot.Values == 0))
            {
                throw new NonsmoothException(
                    $"parameter '{slot.Name}' has no memory for its {slot.Length} values: give its address and length");
            }

            if (slot.Rows < 0 || (slot.Rows > 0 && slot.Length % slot.Rows != 0))
            {
                throw new NonsmoothException(
                    $"parameter '{slot.Name}' has {slot.Rows} rows for {slot.Length} values: give a divisor, or 0 for no matrix");
            }
        }

        var byAddress = copy.Where(s => s.Length > 0).OrderBy(s => s.Values).ToArray();
        for (int i = 1; i < byAddress.Length; i++)
        {
            (ParameterSlot low, ParameterSlot high) = (byAddress[i - 1], byAddress[i]);
            if (low.Values + (nint)low.Bytes > high.Values)
            {
                throw new NonsmoothException(
                    $"parameters '{low.Name}' and '{high.Name}' share memory and would be updated twice: list a tied tensor once");
            }
        }

        return copy;
    }
}
