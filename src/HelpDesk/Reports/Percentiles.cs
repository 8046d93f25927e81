using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace HelpDesk.Reports;

/// <summary>
/// Exact percentiles of many ascending lists of values that are not negative, by nearest rank: the smallest value that is not less than the given share of all.
/// How many lie in each of 2,048 bands is counted, each a 64th of an octave; then only those in the bands that matter are put in order.
/// </summary>
internal static class Percentiles
{
    private const int Steps = 6;

    /// <summary>As the database keeps them: four bytes each, the highest first.</summary>
    public static int[] Read(byte[] bytes)
    {
        var values = MemoryMarshal.Cast<byte, int>(bytes).ToArray();
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(values, values);
        return values;
    }

    /// <returns>A value for each of <paramref name="percents"/>; empty where there are no values.</returns>
    public static int[] Of(IReadOnlyList<int[]> lists, params ReadOnlySpan<int> percents)
    {
        var bands = new int[32 << Steps];
        long count = 0;
        foreach (var list in lists)
        {
            count += list.Length;
            foreach (var value in list) bands[Band(value)]++;
        }

        if (count == 0) return [];
        var found = new int[percents.Length];
        for (var index = 0; index < found.Length; index++)
        {
            // Nearest rank, counted from one.
            var rank = (count * percents[index] + 99) / 100;
            var band = 0;
            while (rank > bands[band]) rank -= bands[band++];
            found[index] = Pick(lists, band, bands[band], (int)rank - 1);
        }

        return found;
    }

    private static int Band(int value)
    {
        if (value < 1 << Steps) return value;
        var octave = BitOperations.Log2((uint)value);
        return ((octave - Steps + 1) << Steps) | (value >> (octave - Steps) & ((1 << Steps) - 1));
    }

    /// <summary>The least value of a band; of the one after the last, more than any.</summary>
    private static long Least(int band) => band < 1 << Steps ? band : (long)((1 << Steps) | (band & ((1 << Steps) - 1))) << ((band >> Steps) - 1);

    private static int Pick(IReadOnlyList<int[]> lists, int band, int size, int index)
    {
        var values = new int[size];
        var next = 0;
        foreach (var list in lists)
        {
            var from = Place(list, Least(band));
            var part = list.AsSpan(from, Place(list, Least(band + 1)) - from);
            part.CopyTo(values.AsSpan(next));
            next += part.Length;
        }

        Array.Sort(values);
        return values[index];
    }

    /// <summary>How many of the list, which ascends, are less.</summary>
    private static int Place(int[] list, long least)
    {
        var (low, high) = (0, list.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (list[middle] < least) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
